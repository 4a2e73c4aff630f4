// What the lab of a lesson starts from, as plain data beside the lesson's page.
import type { APIRoute, GetStaticPaths } from 'astro';
import { lessonFiles, lessonLab } from '../../../components/site/lesson-files.ts';
import { allLessons } from '../../../components/site/lessons.ts';

export const getStaticPaths: GetStaticPaths = async () => {
  const lessons = await allLessons();
  return lessons.map(({ slug }) => ({ params: { slug } }));
};

export const GET: APIRoute = ({ params }) => {
  const lesson = params.slug ?? '';
  const files = lessonFiles(lesson);
  return Response.json({ lesson, lab: lessonLab(files), manifests: files.manifests });
};
