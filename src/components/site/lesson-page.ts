// What a lesson runs before its lab is opened.
import { startLabLoader } from './lab-loader.ts';
import { startContents } from './contents.ts';
import { defineRun } from './pod-run.ts';
import { definePredict } from './pod-predict.ts';
import { startSheet } from './sheet.ts';
import { startSplit } from './split.ts';
import { startSteps } from './steps.ts';

startLabLoader();
startSplit();
startSheet();
startSteps();
startContents();
defineRun();
definePredict();
