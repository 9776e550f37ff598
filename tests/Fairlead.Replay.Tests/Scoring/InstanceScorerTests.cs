using System.Text;
using Fairlead.Contracts.Payloads;
using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Models;
using Fairlead.Domain.Predictions;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;
using Fairlead.Domain.Releases;
using Fairlead.Domain.Services;
using Fairlead.Platforms.Local.Instances;
using Fairlead.Replay.Running;
using Fairlead.Replay.Scoring;
using Fairlead.Replay.Tests.Running;
using Microsoft.Extensions.Logging.Abstractions;

namespace Fairlead.Replay.Tests.Scoring;

public sealed class InstanceScorerTests : IAsyncDisposable
{
    private const string Program =
        """
        import json, os
        from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
        class Handler(BaseHTTPRequestHandler):
            protocol_version = 'HTTP/1.1'
            def do_POST(self):
                body = json.loads(self.rfile.read(int(self.headers['content-length'])))
                status = 422 if body['n'] == 7 else 200
                answer = json.dumps({'twice': body['n'] * FACTOR, 'path': self.path}).encode()
                self.send_response(status)
                self.send_header('content-type', 'application/json')
                self.send_header('content-length', str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)
            def log_message(self, *args):
                pass
        ThreadingHTTPServer(('127.0.0.1', int(os.environ['PORT'])), Handler).serve_forever()
        """;

    private readonly Bench bench = new();

    public ValueTask DisposeAsync() => bench.DisposeAsync();

    [Fact]
    public async Task Run_CommandService_IsCalledAgainWithWhatWasRecorded()
    {
        var first = await ServiceAsync(Program.Replace("FACTOR", "2", StringComparison.Ordinal));
        var second = await ServiceAsync(Program.Replace("FACTOR", "(2 if body['n'] < 50 else 3)", StringComparison.Ordinal));
        await bench.AddReleaseAsync(first);
        await bench.AddReleaseAsync(second);
        for (var n = 0; n < 100; n++)
            Record(first, n);
        bench.Scorers = Scorers();

        var same = await RunAsync("v001");
        Assert.Equal((99, 99), (same.Replayed, same.Agreement.Identical));
        Assert.Contains("status 422", Assert.Single(same.Skipped).Name, StringComparison.Ordinal);
        var other = await RunAsync("v002", "(output.body::json->>'twice')::double");
        Assert.Equal(49, other.Agreement.Identical);
        Assert.Equal("(output.body::json->>'twice')::double", other.Evaluation!.Score);
        Assert.True(other.Evaluation.Metrics.Single(metric => metric.Name == "score").Difference > 30);
    }

    [Fact]
    public async Task Run_CommandThatDoesNotStart_SaysWhy()
    {
        var service = await ServiceAsync("import sys; print('no data here'); sys.exit(3)");
        await bench.AddReleaseAsync(service);
        Record(service, 1);
        bench.Scorers = Scorers();
        var e = await Assert.ThrowsAsync<FairleadException>(() => RunAsync("v001"));
        Assert.Equal(ProblemKind.Failed, e.Kind);
        Assert.Contains("no data here", e.Message, StringComparison.Ordinal);
    }

    private ServiceScorerFactory Scorers() => new(
        bench.Scorers,
        new InstanceScorerFactory(new LocalInstancePlatform(new StateFolder(Path.Combine(bench.State.Replays, "instances")), bench.Store, TimeProvider.System, NullLoggerFactory.Instance), bench.Store, new PayloadReaders(), new PayloadWriters(), TimeProvider.System));

    private async Task<Reporting.ReplayReport> RunAsync(string target, string? score = null)
    {
        var record = await bench.Engine().RunAsync(Bench.Order(target) with { Score = score }, _ => { }, CancellationToken.None);
        Assert.Equal(ReplayStatus.Succeeded, record.Status);
        return await bench.Replays.ReadReportAsync(record, CancellationToken.None);
    }

    private async Task<ReleasedService> ServiceAsync(string program)
    {
        var folder = Directory.CreateDirectory(Path.Combine(bench.State.ProjectRoot, Guid.NewGuid().ToString("N"))).FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "server.py"), program);
        var code = await bench.Store.PutAsync(folder, CancellationToken.None);
        return new ReleasedService
        {
            Name = "late",
            Command = new ReleasedCommand { Command = "/usr/bin/python3 server.py", Code = code, Protocol = ServiceProtocol.Http, Health = new HealthCheck { Timeout = TimeSpan.FromSeconds(5) } },
        };
    }

    private void Record(ReleasedService service, int n)
    {
        var context = new CaptureContext
        {
            ServerGroup = new ServerGroupName("late", "prod", 1),
            Release = new ReleaseName(1),
            ModelDigest = service.Digest,
            Configuration = Digest.Of("{}"u8),
            Signature = service.Signature,
        };
        var body = $$"""{"n": {{n}}}""";
        var answer = $$"""{"twice": {{n * 2}}, "path": "/twice?x={{n}}"}""";
        bench.Append(
            context,
            1,
            [.. Text("POST"), .. Text($"/twice?x={n}"), .. Text("application/json"), .. Number(body.Length), .. Text(body)],
            [.. Text("application/json"), .. Number(answer.Length), .. Text(answer)],
            Bench.Noon.AddSeconds(n));
    }

    private static byte[] Text(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return Tensor(TensorType.Bytes, [.. BitConverter.GetBytes(bytes.Length), .. bytes]);
    }

    private static byte[] Number(long number) => Tensor(TensorType.Int64, BitConverter.GetBytes(number));

    private static byte[] Tensor(TensorType type, byte[] data)
    {
        var header = new byte[TensorBlock.HeaderSize(1)];
        TensorBlock.WriteHeader(header, type, [1], data.Length);
        return [.. header, .. data];
    }
}
