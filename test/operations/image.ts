import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, readdirSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import {
  Cmd,
  Copy,
  DockerfileParser,
  Env,
  From,
  Healthcheck,
  Workdir,
  type Instruction,
} from 'dockerfile-ast';
import { z } from 'zod';

const project = path.join(import.meta.dirname, '..', '..');
const read = (name: string) => readFileSync(path.join(project, name), 'utf8');

export type Image = {
  /** Where its files lie, as its root. */
  root: string;
  env: Record<string, string>;
  user: string;
  workdir: string;
  command: string[];
  healthCheck: string[];
};

/**
 * Lays out what `docker build` would, in `folder`: each stage's files by its COPY lines, of the project just what
 * .dockerignore lets through, and of node_modules just what the lockfile has for `npm ci` as it stands there.
 */
export function layOutImage(folder: string): Image {
  const stages = new Map<string, Image>();
  let stage: Image | undefined;
  for (const instruction of DockerfileParser.parse(read('Dockerfile')).getInstructions()) {
    if (instruction instanceof From) {
      const name = instruction.getBuildStage() ?? 'last';
      stage = { ...bare, env: {}, root: path.join(folder, name) };
      mkdirSync(stage.root);
      const base = stages.get(instruction.getImage() ?? '');
      if (base) {
        cpSync(base.root, stage.root, { recursive: true, verbatimSymlinks: true });
        stage = { ...base, root: stage.root };
      }
      stages.set(name, stage);
    } else if (stage) follow(instruction, stage, stages);
    else throw new Error(`${instruction.getKeyword()} before the first FROM`);
  }
  if (!stage) throw new Error('The Dockerfile has no stage');
  return stage;
}

const bare = { user: 'root', workdir: '/', command: [], healthCheck: [] };

function follow(instruction: Instruction, stage: Image, stages: ReadonlyMap<string, Image>): void {
  if (instruction instanceof Workdir) {
    stage.workdir = instruction.getPath() ?? '/';
    mkdirSync(path.join(stage.root, stage.workdir), { recursive: true });
  } else if (instruction instanceof Env)
    for (const property of instruction.getProperties())
      stage.env[property.getName()] = property.getValue() ?? '';
  else if (instruction instanceof Copy) {
    const from = instruction.getFromFlag()?.getValue();
    const sources = instruction.getArguments().map((argument) => argument.getValue());
    copy(stage, { sources, from: from ? stages.get(from) : undefined });
  } else if (instruction instanceof Healthcheck) {
    const content = instruction.getArgumentsContent() ?? '';
    stage.healthCheck = asCommand(content.slice(content.indexOf('[')));
  } else if (instruction instanceof Cmd) stage.command = asCommand(instruction.getArgumentsContent() ?? '');
  else if (instruction.getKeyword() === 'USER') stage.user = instruction.getArgumentsContent() ?? '';
  else if (instruction.getKeyword() === 'RUN') runStep(stage, instruction.getArgumentsContent() ?? '');
  else if (!['VOLUME', 'EXPOSE', 'STOPSIGNAL'].includes(instruction.getKeyword()))
    throw new Error(`The tests cannot follow ${instruction.getKeyword()}`);
}

const asCommand = (json: string): string[] => z.array(z.string()).min(1).parse(JSON.parse(json));

function copy(stage: Image, { sources, from }: { sources: string[]; from: Image | undefined }): void {
  const names = sources.slice(0, -1);
  const last = sources.at(-1) ?? '.';
  const target = path.join(stage.root, path.resolve(stage.workdir, last));
  for (const name of names) {
    const source = from ? path.join(from.root, name) : path.join(project, name);
    const into = names.length > 1 || last.endsWith('/') ? path.join(target, path.basename(name)) : target;
    mkdirSync(path.dirname(into), { recursive: true });
    if (from) linkTree(source, into);
    else cpSync(source, into, { recursive: true, filter: (each) => isSent(path.relative(project, each)) });
  }
}

/** Whether the build gets a file of the project: the last pattern that fits it or a folder above it decides. */
export function isSent(name: string): boolean {
  const parts = name.split(path.sep);
  const above = parts.map((_, index) => parts.slice(0, index + 1).join('/'));
  let sent = true;
  for (const line of read('.dockerignore').split('\n')) {
    if (line === '' || line.startsWith('#')) continue;
    const pattern = line.replace(/^!/, '');
    if (above.some((each) => asRegExp(pattern).test(each))) sent = line.startsWith('!');
  }
  return sent;
}

/** A pattern of .dockerignore: a star is anything within a name, two are any folders. */
const asRegExp = (pattern: string): RegExp =>
  new RegExp(
    `^${pattern
      .replaceAll(/[.+?^${}()|[\]\\]/g, String.raw`\$&`)
      .replaceAll(/\*\*\/|\*/g, (star) => (star === '*' ? '[^/]*' : '(?:.*/)?'))}$`,
  );

function runStep(stage: Image, step: string): void {
  const app = path.join(stage.root, stage.workdir);
  if (step === 'npm ci') symlinkSync(path.join(project, 'node_modules'), path.join(app, 'node_modules'));
  else if (step === 'npm ci --omit=dev') installProduction(app);
  else if (step === 'npm run build') runScript(app, 'build');
  else if (step.startsWith('useradd')) {
    // Its folder of data, for whoever runs the tests or for `nobody`.
    mkdirSync(path.join(stage.root, 'data'));
    chmodSync(path.join(stage.root, 'data'), 0o777);
  } else if (!step.startsWith('apt-get')) throw new Error(`The tests cannot follow RUN ${step}`);
}

function runScript(app: string, name: string): void {
  const { scripts } = z
    .object({ scripts: z.record(z.string(), z.string()) })
    .parse(JSON.parse(readFileSync(path.join(app, 'package.json'), 'utf8')));
  const { status, stdout, stderr } = spawnSync('sh', ['-c', scripts[name] ?? 'false'], {
    cwd: app,
    env: { PATH: `${app}/node_modules/.bin:${process.env['PATH']}` },
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`npm run ${name} failed:\n${stdout}${stderr}`);
}

const lockfile = z.object({
  packages: z.record(
    z.string(),
    z.object({ dev: z.boolean().optional(), devOptional: z.boolean().optional() }),
  ),
});

function installProduction(app: string): void {
  const { packages } = lockfile.parse(JSON.parse(readFileSync(path.join(app, 'package-lock.json'), 'utf8')));
  for (const [name, { dev, devOptional }] of Object.entries(packages)) {
    const source = path.join(project, name);
    // What stands inside of another package comes with it; what is for other machines is not installed.
    const nested = name.lastIndexOf('node_modules/') > 0;
    if (name === '' || dev || devOptional || nested || !existsSync(source)) continue;
    linkTree(source, path.join(app, name));
  }
  const bin = path.join(app, 'node_modules/.bin');
  mkdirSync(bin);
  for (const entry of readdirSync(path.join(project, 'node_modules/.bin'))) {
    const link = path.join(project, 'node_modules/.bin', entry);
    cpSync(link, path.join(bin, entry), { verbatimSymlinks: true });
  }
}

/** Hard links where the file system lets us: hundreds of megabytes need not be copied. */
function linkTree(source: string, target: string): void {
  mkdirSync(path.dirname(target), { recursive: true });
  if (spawnSync('cp', ['-al', source, target]).status !== 0)
    cpSync(source, target, { recursive: true, verbatimSymlinks: true, force: true });
}
