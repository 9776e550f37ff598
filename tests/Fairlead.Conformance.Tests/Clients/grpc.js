// Talks gRPC from Node, with the protocol's own files loaded at run time.
'use strict';
const { createRequire } = require('node:module');
const [target, protocols, modules] = process.argv.slice(2);
const load = createRequire(`${modules}/`);
const grpc = load('@grpc/grpc-js');
const loader = load('@grpc/proto-loader');

const definition = loader.loadSync('inference/grpc_service.proto', { includeDirs: [protocols], keepCase: true, longs: String });
const { inference } = grpc.loadPackageDefinition(definition);
const client = new inference.GRPCInferenceService(target, grpc.credentials.createInsecure());
const call = (method, request, metadata = new grpc.Metadata()) =>
  new Promise((resolve, reject) => client[method](request, metadata, (error, answer) => (error ? reject(error) : resolve(answer))));
const check = (name, condition) => {
  if (!condition) throw new Error(name);
  console.log('ok', name);
};

const first = Int32Array.from({ length: 16 }, (_, at) => at);
const bytes = (values) => Buffer.from(Int32Array.from(values).buffer);
const total = bytes(first.map((value) => value + 1));
const simple = (more = {}) => ({
  model_name: 'simple',
  inputs: ['INPUT0', 'INPUT1'].map((name) => ({ name, datatype: 'INT32', shape: [1, 16] })),
  raw_input_contents: [bytes(first), bytes(new Int32Array(16).fill(1))],
  ...more,
});

async function main() {
  check('live', (await call('ServerLive', {})).live);
  check('ready', (await call('ServerReady', {})).ready);
  check('server metadata', (await call('ServerMetadata', {})).extensions.includes('statistics'));
  const metadata = await call('ModelMetadata', { name: 'simple' });
  check('model metadata', metadata.inputs.length === 2 && metadata.inputs[0].shape.join() === '-1,16');

  const answer = await call('ModelInfer', simple({ id: 'ü-1', parameters: { note: { double_param: 0.5 } } }));
  check('infer', total.equals(answer.raw_output_contents[0]) && answer.id === 'ü-1');
  const typed = simple({ raw_input_contents: [] });
  typed.inputs[0].contents = { int_contents: Array.from(first) };
  typed.inputs[1].contents = { int_contents: new Array(16).fill(1) };
  check('infer, typed', total.equals((await call('ModelInfer', typed)).raw_output_contents[0]));
  const version = { model_name: 'versioned', model_version: '1', inputs: [{ name: 'INPUT0', datatype: 'INT32', shape: [1, 1] }], raw_input_contents: [bytes([21])] };
  check('infer, version', bytes([21]).equals((await call('ModelInfer', version)).raw_output_contents[0]));

  const unknown = await call('ModelInfer', simple({ model_name: 'no_such_model' })).catch((error) => error);
  check('unknown model', unknown.code === grpc.status.NOT_FOUND && unknown.details.includes('Request for unknown model'));
  const missing = await call('ModelInfer', simple({ inputs: [], raw_input_contents: [] })).catch((error) => error);
  check('no inputs', missing.code === grpc.status.INVALID_ARGUMENT);
  const all = await Promise.all(Array.from({ length: 200 }, (_, at) => call('ModelInfer', simple({ id: `${at}` }))));
  check('two hundred at once', all.every((one, at) => one.id === `${at}`));

  const stream = client.ModelStreamInfer();
  const ids = [];
  const ended = new Promise((resolve, reject) => {
    stream.on('error', reject);
    stream.on('end', resolve);
    stream.on('data', (one) => {
      ids.push(one.error_message || one.infer_response.id);
      // Each answer is waited for before the next request is sent.
      if (ids.length < 3) stream.write(simple({ id: `s${ids.length}` }));
      else stream.end();
    });
  });
  stream.write(simple({ id: 's0' }));
  await ended;
  check('stream', ids.join() === 's0,s1,s2');
  client.close();
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
