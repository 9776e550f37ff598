// Calls the server as Node's gRPC does. Prints a line of JSON for each case.
'use strict';
const assert = require('assert');
const grpc = require('@grpc/grpc-js');
const loader = require('@grpc/proto-loader');

const [address, peers, protocols, limitText] = process.argv.slice(2);
const limit = Number(limitText);
const load = (root, file) => grpc.loadPackageDefinition(loader.loadSync(file, { includeDirs: [root], longs: Number, enums: String, defaults: true, oneofs: true }));
const credentials = grpc.credentials.createInsecure();
const Echo = load(peers, 'echo.proto').fairlead.testing.Echo;
const echo = new Echo(address, credentials);
const zipped = new Echo(address, credentials, { 'grpc.default_compression_algorithm': grpc.compressionAlgorithms.gzip });
const { Health } = load(protocols, 'grpc/health/v1/health.proto').grpc.health.v1;
const health = new Health(address, credentials);

const unary = (client, method, note, metadata, options) => new Promise((resolve, reject) => {
  const seen = {};
  const call = client[method](note, metadata ?? new grpc.Metadata(), options ?? {}, (error, answer) => error ? reject(error) : setImmediate(() => resolve({ answer, ...seen })));
  call.on('metadata', headers => { seen.headers = headers; });
  call.on('status', status => { seen.status = status; });
});
const collect = stream => new Promise((resolve, reject) => {
  const heard = [];
  stream.on('data', note => heard.push(note));
  stream.on('error', error => reject(Object.assign(error, { heard })));
  stream.on('end', () => resolve(heard));
});

const cases = {
  async unary() {
    assert.strictEqual((await unary(echo, 'Unary', { text: 'hello' })).answer.text, 'hello');
  },
  async unary_many_at_once() {
    const answers = await Promise.all(Array.from({ length: 500 }, (_, i) => unary(echo, 'Unary', { text: String(i) })));
    assert.deepStrictEqual(answers.map(one => one.answer.text), Array.from({ length: 500 }, (_, i) => String(i)));
  },
  async metadata() {
    const metadata = new grpc.Metadata();
    metadata.set('echo-text', 'a b');
    metadata.set('echo-bytes-bin', Buffer.from([0, 255, 16]));
    const { headers, status } = await unary(echo, 'Unary', {}, metadata);
    assert.deepStrictEqual(headers.get('echo-text'), ['a b']);
    assert.deepStrictEqual(status.metadata.get('echo-bytes-bin'), [Buffer.from([0, 255, 16])]);
  },
  async server_streaming() {
    const notes = await collect(echo.Expand({ text: 'n', count: 20, payload: Buffer.alloc(5000, 1) }));
    assert.deepStrictEqual(notes.map(note => note.count), Array.from({ length: 20 }, (_, i) => i));
  },
  async client_streaming() {
    const answer = await new Promise((resolve, reject) => {
      const call = echo.Collect((error, note) => error ? reject(error) : resolve(note));
      for (const text of 'abc')
        call.write({ text });
      call.end();
    });
    assert.strictEqual(answer.text, 'abc');
  },
  async bidirectional_streaming() {
    const call = echo.Chat();
    const heard = [];
    const done = new Promise((resolve, reject) => {
      call.on('error', reject);
      call.on('end', resolve);
      call.on('data', note => {
        heard.push(note.count);
        if (note.count < 9)
          call.write({ count: note.count + 1 });
        else
          call.end();
      });
    });
    call.write({ count: 0 });
    await done;
    assert.strictEqual(heard.length, 10);
  },
  async gzip_both_ways() {
    assert.strictEqual((await unary(zipped, 'Unary', { text: 'z'.repeat(50000), compress: true })).answer.text.length, 50000);
  },
  async message_of_any_letters() {
    const text = "50 % größer\n\tals 'π' – ☃ 😀";
    await assert.rejects(unary(echo, 'Unary', { fail: text }), { code: grpc.status.INVALID_ARGUMENT, details: text });
  },
  async error_in_mid_stream() {
    await assert.rejects(collect(echo.Expand({ count: 3, fail: 'after three' })), error => error.code === grpc.status.INVALID_ARGUMENT && error.heard.length === 3);
  },
  async error_while_the_client_still_sends() {
    await new Promise((resolve, reject) => {
      let timer;
      const call = echo.Collect(error => {
        clearInterval(timer);
        try {
          assert.strictEqual(error?.code, grpc.status.INVALID_ARGUMENT);
          resolve();
        } catch (e) {
          reject(e);
        }
      });
      call.write({ fail: 'enough' });
      timer = setInterval(() => call.write({ payload: Buffer.alloc(1000) }), 5);
    });
  },
  async deadline() {
    await assert.rejects(unary(echo, 'Unary', { wait: true }, undefined, { deadline: Date.now() + 200 }), { code: grpc.status.DEADLINE_EXCEEDED });
  },
  async unknown_method() {
    const call = new Promise((resolve, reject) => echo.makeUnaryRequest('/fairlead.testing.Echo/Nothing', x => x, x => x, Buffer.alloc(0), (error, answer) => error ? reject(error) : resolve(answer)));
    await assert.rejects(call, { code: grpc.status.UNIMPLEMENTED });
  },
  async message_over_the_limit() {
    await assert.rejects(unary(echo, 'Unary', { payload: Buffer.alloc(limit + 1) }), { code: grpc.status.RESOURCE_EXHAUSTED });
  },
  async message_far_over_the_limit() {
    for (let i = 0; i < 20; i++)
      await assert.rejects(unary(echo, 'Unary', { payload: Buffer.alloc(100 * limit) }), { code: grpc.status.RESOURCE_EXHAUSTED });
  },
  async health_check() {
    assert.strictEqual((await unary(health, 'Check', {})).answer.status, 'SERVING');
    await assert.rejects(unary(health, 'Check', { service: 'unheard' }), { code: grpc.status.NOT_FOUND });
  },
  async reflection_v1() {
    await reflect('v1');
  },
  async reflection_v1alpha() {
    await reflect('v1alpha');
  },
};

async function reflect(version) {
  const { ServerReflection } = load(protocols, `grpc/reflection/${version}/reflection.proto`).grpc.reflection[version];
  const call = new ServerReflection(address, credentials).ServerReflectionInfo();
  const answers = collect(call);
  call.write({ listServices: '' });
  call.write({ fileContainingSymbol: 'inference.GRPCInferenceService' });
  call.end();
  const [services, files] = await answers;
  assert(services.listServicesResponse.service.some(service => service.name === `grpc.reflection.${version}.ServerReflection`));
  assert.strictEqual(files.fileDescriptorResponse.fileDescriptorProto.length, 2);
}

(async () => {
  for (const [name, run] of Object.entries(cases)) {
    let problem = null;
    try {
      await run();
    } catch (error) {
      problem = String(error?.stack ?? error);
    }
    console.log(JSON.stringify([name, problem]));
  }
  process.exit(0);
})();
