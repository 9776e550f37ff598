using Fairlead.Tests.Running;

namespace Fairlead.Tests.EndToEnd;

/// <summary>A gRPC service in Python with a contract: readable in the log, and safe for its clients.</summary>
public sealed class ContractTests
{
    private const string Proto =
        """
        syntax = "proto3";
        package briefing;
        service Briefings { rpc Write(Question) returns (Answer); }
        message Question { string topic = 1; int32 lines = 2; }
        message Answer { string text = 1; }
        """;

    private const string Server =
        """
        import os
        from concurrent import futures
        import grpc

        def field(data, number):
            # One string field of a message that holds nothing else before it.
            assert data[0] == number << 3 | 2
            return data[2:2 + data[1]]

        def write(request, context):
            text = b"about " + field(request, 1)
            return bytes([1 << 3 | 2, len(text)]) + text

        handlers = grpc.method_handlers_generic_handler("briefing.Briefings", {"Write": grpc.unary_unary_rpc_method_handler(write)})
        server = grpc.server(futures.ThreadPoolExecutor(4))
        # SERVING, after the first question: an instance gets no requests before it says so itself.
        asked = []
        def check(request, context):
            asked.append(1)
            return bytes([8, 1 if len(asked) > 1 else 2])
        health = grpc.method_handlers_generic_handler("grpc.health.v1.Health", {"Check": grpc.unary_unary_rpc_method_handler(check)})
        server.add_generic_rpc_handlers((handlers, health))
        server.add_insecure_port("127.0.0.1:" + os.environ["PORT"])
        server.start()
        server.wait_for_termination()
        """;

    private const string Client =
        """
        import sys, grpc
        channel = grpc.insecure_channel(sys.argv[1])
        call = channel.unary_unary("/briefing.Briefings/Write")
        answer, rpc = call.with_call(bytes([10, 3]) + b"fog" + bytes([16, 5]), metadata=[("fairlead-environment", "prod")], timeout=20)
        print(answer[2:].decode(), dict(rpc.initial_metadata())["fairlead-server-group"])
        """;

    private const string ProjectFile =
        """
        project: briefings
        services:
          briefing: { command: /usr/bin/python3 server.py, code: [server.py], protocol: grpc, contract: protos/briefing.proto }
        environments: { prod: {} }
        """;

    [Fact]
    public async Task Contract_OfAGrpcService_IsReadableInTheLogAndGuarded()
    {
        await using var project = TempProject.Empty();
        project.Write("fairlead.yaml", ProjectFile);
        project.Write("protos/briefing.proto", Proto);
        project.Write("server.py", Server);
        project.Write("client.py", Client);
        project.Commit("Start");
        await project.UpAsync();
        Assert.Contains("not released before: compatible", (await project.MustAsync("contract", "check")).Output);
        await project.MustAsync("release");
        await project.MustAsync("deploy", "prod");

        var answer = await Programs.RunAsync(project.Root, "/usr/bin/python3", "client.py", $"localhost:{project.HostPort}");

        Assert.Equal("about fog briefing-prod-v001", answer);
        var row = (await project.MustAsync("query", "select input.method, input.body, output.code, output.body as answer from predictions", "--format", "json")).Json[0];
        Assert.Equal("briefing.Briefings/Write", row.GetProperty("method").GetString()!.TrimStart('/'));
        Assert.Equal("""{"topic":"fog","lines":5}""", row.GetProperty("body").GetString()!.Replace(" ", "", StringComparison.Ordinal));
        Assert.Equal("OK", row.GetProperty("code").GetString());
        Assert.Contains("about fog", row.GetProperty("answer").GetString());

        var id = (await project.MustAsync("query", "select id from predictions", "--format", "json")).Json[0].GetProperty("id").GetString()!;
        Assert.Contains("identical", (await project.MustAsync("verify", id)).Output);
        Assert.Contains("briefing", (await project.MustAsync("replay", "briefing", "--from", "prod", "--since", "1h")).Output);
        var replayed = (await project.MustAsync("replay", "show", "1", "--format", "json")).Json;
        Assert.Equal((1, 1), (replayed.GetProperty("replayed").GetInt32(), replayed.GetProperty("agreement").GetProperty("identical").GetInt32()));

        project.Write("protos/briefing.proto", Proto.Replace("int32 lines = 2;", "string lines = 2;", StringComparison.Ordinal));
        project.Commit("Break a client");
        var check = await project.RunAsync("contract", "check");
        Assert.Equal(1, check.ExitCode);
        Assert.Contains("briefing.Question", check.Output);
        var release = await project.RunAsync("release");
        Assert.Equal(5, release.ExitCode);
        Assert.Contains("breaks the clients of release v001", release.Errors);
        Assert.Equal("v002", (await project.MustAsync("release", "--break-contract", "--format", "json")).Json.GetProperty("release").GetProperty("name").GetString());

        project.Write("protos/briefing.proto", "syntax = \"proto3\";\nservice {");
        project.Commit("Nonsense");
        var broken = await project.RunAsync("release");
        Assert.Contains("protos/briefing.proto:2:", broken.Errors);
    }
}
