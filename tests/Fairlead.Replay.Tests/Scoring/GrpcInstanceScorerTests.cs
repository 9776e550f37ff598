using System.Text;
using Fairlead.Contracts.Compilation;
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

public sealed class GrpcInstanceScorerTests : IAsyncDisposable
{
    private const string Proto =
        """
        syntax = "proto3";
        package shop;
        service Prices {
          rpc Quote(Order) returns (Price);
          rpc Watch(Order) returns (stream Price);
        }
        enum Kind { PLAIN = 0; RUSH = 5; }
        message Order { string customer = 1; map<string, sint64> amounts = 2; oneof pay { bytes token = 3; double cash = 4; } repeated Kind kinds = 5; Order inner = 6; fixed64 big = 7; }
        message Price { double total = 1; string seen = 2; }
        """;

    // It reads the messages by the descriptors, with the parser of another implementation.
    private const string Program =
        """
        import os, sys
        from concurrent import futures
        import grpc
        from google.protobuf import descriptor_pb2, descriptor_pool, message_factory
        pool = descriptor_pool.DescriptorPool()
        for file in descriptor_pb2.FileDescriptorSet.FromString(open('shop.bin', 'rb').read()).file:
            pool.Add(file)
        find = lambda name: message_factory.MessageFactory(pool).GetPrototype(pool.FindMessageTypeByName(name))
        Order, Price = find('shop.Order'), find('shop.Price')
        def quote(request, context):
            n = request.amounts['n']
            if n == 7:
                context.abort(grpc.StatusCode.FAILED_PRECONDITION, 'sold out')
            if n == 8:
                os._exit(4)
            assert request.inner.token == bytes([255, n]) and request.big == 2 ** 64 - 1 and list(request.kinds) == [5, 0, 9], request
            return Price(total=n * FACTOR, seen=request.customer)
        handlers = grpc.method_handlers_generic_handler('shop.Prices', {'Quote': grpc.unary_unary_rpc_method_handler(quote, Order.FromString, Price.SerializeToString)})
        server = grpc.server(futures.ThreadPoolExecutor(4))
        server.add_generic_rpc_handlers((handlers,))
        server.add_insecure_port('127.0.0.1:' + os.environ['PORT'])
        server.start()
        server.wait_for_termination()
        """;

    private readonly Bench bench = new();

    public ValueTask DisposeAsync() => bench.DisposeAsync();

    [Fact]
    public async Task Run_GrpcService_IsCalledAgainWithWhatWasRecorded()
    {
        var first = await ServiceAsync(Program.Replace("FACTOR", "2", StringComparison.Ordinal));
        var second = await ServiceAsync(Program.Replace("FACTOR", "(2 if n < 50 else 3)", StringComparison.Ordinal));
        await bench.AddReleaseAsync(first);
        await bench.AddReleaseAsync(second);
        for (var n = 10; n < 100; n++)
            Record(first, "/shop.Prices/Quote", Order(n), Answer(n), n);
        Record(first, "/shop.Prices/Quote", Order(7), Answer(7), 7);
        Record(first, "/shop.Prices/Watch", "", "", 3);
        Record(first, "/shop.Prices/Gone", "{}", "{}", 4);
        Record(first, "/shop.Prices/Quote", """{"customer":5}""", "{}", 5);
        Record(first, "/shop.Prices/Quote", "no JSON", "{}", 6);
        bench.Scorers = Scorers();

        var same = await RunAsync("v001");
        Assert.Equal((90, 90), (same.Replayed, same.Agreement.Identical));
        foreach (var reason in (string[])["FAILED_PRECONDITION", "'/shop.Prices/Watch' is a stream", "no method '/shop.Prices/Gone'", "'shop.Order.customer' is '5'", "cannot be read"])
            Assert.Single(same.Skipped, skipped => skipped.Name.Contains(reason, StringComparison.Ordinal));
        var other = await RunAsync("v002", "(output.body::json->>'total')::double");
        Assert.Equal(40, other.Agreement.Identical);
        Assert.Equal(90, other.Replayed);
    }

    [Fact]
    public async Task Run_ProgramThatEnds_EndsTheReplay()
    {
        var service = await ServiceAsync(Program.Replace("FACTOR", "2", StringComparison.Ordinal));
        await bench.AddReleaseAsync(service);
        Record(service, "/shop.Prices/Quote", Order(8), Answer(8), 8);
        bench.Scorers = Scorers();
        var e = await Assert.ThrowsAsync<FairleadException>(() => RunAsync("v001"));
        Assert.Contains("The command of 'late' ", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_ServiceWithoutContract_IsRefused()
    {
        var service = await ServiceAsync("");
        var e = await Assert.ThrowsAsync<FairleadException>(() => Scorers().OpenAsync(service with { Command = service.Command! with { Contract = null } }, CancellationToken.None));
        Assert.Equal(ProblemKind.Invalid, e.Kind);
        Assert.Contains("without a contract", e.Message, StringComparison.Ordinal);
    }

    private static string Order(int n) =>
        $$"""{"customer":"ünï {{n}}","amounts":{"n":"{{n}}","m":"-9223372036854775808"},"kinds":["RUSH","PLAIN",9],"inner":{"token":"{{Convert.ToBase64String([255, (byte)n])}}"},"big":"18446744073709551615"}""";

    private static string Answer(int n) => $$"""{"total":{{2 * n}},"seen":"ünï {{n}}"}""";

    private ServiceScorerFactory Scorers() => new(
        bench.Scorers,
        new InstanceScorerFactory(
            new LocalInstancePlatform(new StateFolder(Path.Combine(bench.State.Replays, "instances")), bench.Store, TimeProvider.System, NullLoggerFactory.Instance),
            bench.Store, new PayloadReaders(), new PayloadWriters(), TimeProvider.System));

    private async Task<Reporting.ReplayReport> RunAsync(string target, string? score = null)
    {
        var record = await bench.Engine().RunAsync(Bench.Order(target) with { Score = score }, _ => { }, CancellationToken.None);
        Assert.Equal(ReplayStatus.Succeeded, record.Status);
        return await bench.Replays.ReadReportAsync(record, CancellationToken.None);
    }

    private async Task<ReleasedService> ServiceAsync(string program)
    {
        var descriptors = await new ContractCompiler(TimeProvider.System).CompileAsync(new Dictionary<string, byte[]> { ["shop.proto"] = Encoding.UTF8.GetBytes(Proto) }, "shop.proto", CancellationToken.None);
        var folder = Directory.CreateDirectory(Path.Combine(bench.State.ProjectRoot, Guid.NewGuid().ToString("N"))).FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "server.py"), program);
        await File.WriteAllBytesAsync(Path.Combine(folder, "shop.bin"), descriptors);
        return new ReleasedService
        {
            Name = "late",
            Command = new ReleasedCommand
            {
                Command = "/usr/bin/python3 server.py",
                Code = await bench.Store.PutAsync(folder, CancellationToken.None),
                Protocol = ServiceProtocol.Grpc,
                Health = new HealthCheck { Timeout = TimeSpan.FromSeconds(5) },
                Contract = new ServiceContract("shop.proto", await bench.Store.PutBytesAsync(descriptors, CancellationToken.None)),
            },
        };
    }

    private void Record(ReleasedService service, string method, string body, string answer, int second)
    {
        var context = new CaptureContext
        {
            ServerGroup = new ServerGroupName("late", "prod", 1),
            Release = new ReleaseName(1),
            ModelDigest = service.Digest,
            Configuration = Digest.Of("{}"u8),
            Signature = service.Signature,
        };
        bench.Append(
            context,
            1,
            [.. Text(method), .. Number(1), .. Number(40), .. Text(body)],
            [.. Text("OK"), .. Number(1), .. Number(AnswerSize(answer)), .. Text(answer)],
            Bench.Noon.AddSeconds(second));
    }

    // A double with its tag, and a text with its own and its length.
    private static int AnswerSize(string answer) => answer.Contains("seen", StringComparison.Ordinal) ? 9 + 2 + Encoding.UTF8.GetByteCount(answer.Split('"')[^2]) : 0;

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
