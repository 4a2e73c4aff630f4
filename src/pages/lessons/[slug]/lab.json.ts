// What the lab of a lesson starts from, as plain data beside the lesson's page.
import type { APIRoute, GetStaticPaths } from 'astro';
import { lessonFiles } from '../../../components/site/lesson-files.ts';
import { allLessons } from '../../../components/site/lessons.ts';

export const getStaticPaths: GetStaticPaths = async () => {
  const lessons = await allLessons();
  return lessons.map(({ slug }) => ({ params: { slug } }));
};

export const GET: APIRoute = ({ params }) => {
  const lesson = params.slug ?? '';
  const { lab, manifests } = lessonFiles(lesson);
  return Response.json({ lesson, lab: lab?.data ?? null, manifests });
};
