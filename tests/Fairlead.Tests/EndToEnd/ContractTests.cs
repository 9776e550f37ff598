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
        server = grpc.server(futures.ThreadPoolExecutor(4), compression=grpc.Compression.Gzip)
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
        metadata = [("fairlead-environment", "prod")]
        answer, rpc = call.with_call(bytes([10, 3]) + b"fog" + bytes([16, 5]), metadata=metadata, timeout=20)
        print(answer[2:].decode(), dict(rpc.initial_metadata())["fairlead-server-group"])
        # Long enough to be worth compressing, both ways.
        call(bytes([10, 100]) + b"f" * 100, metadata=metadata, timeout=20, compression=grpc.Compression.Gzip)
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
        await FetchAsync(project);
        Assert.Contains("not released before: compatible", (await project.MustAsync("contract", "check")).Output);
        await project.MustAsync("release");
        await project.MustAsync("deploy", "prod");

        var answer = await Programs.RunAsync(project.Root, "/usr/bin/python3", "client.py", $"localhost:{project.HostPort}");

        Assert.Equal("about fog briefing-prod-v001", answer.Trim());
        var rows = (await project.MustAsync("query", "select input.method, input.body, output.code, output.body as answer, input.bytes from predictions order by time", "--format", "json")).Json;
        var row = rows[0];
        Assert.Equal("briefing.Briefings/Write", row.GetProperty("method").GetString()!.TrimStart('/'));
        Assert.Equal("""{"topic":"fog","lines":5}""", row.GetProperty("body").GetString()!.Replace(" ", "", StringComparison.Ordinal));
        Assert.Equal("OK", row.GetProperty("code").GetString());
        Assert.Contains("about fog", row.GetProperty("answer").GetString());
        var topic = new string('f', 100);
        Assert.Contains($"\"{topic}\"", rows[1].GetProperty("body").GetString());
        Assert.Contains($"about {topic}", rows[1].GetProperty("answer").GetString());
        Assert.InRange(rows[1].GetProperty("bytes").GetInt32(), 1, 99);

        var id = (await project.MustAsync("query", "select id from predictions order by time desc", "--format", "json")).Json[0].GetProperty("id").GetString()!;
        Assert.Contains("identical", (await project.MustAsync("verify", id)).Output);
        Assert.Contains("briefing", (await project.MustAsync("replay", "briefing", "--from", "prod", "--since", "1h")).Output);
        var replayed = (await project.MustAsync("replay", "show", "1", "--format", "json")).Json;
        Assert.Equal((2, 2), (replayed.GetProperty("replayed").GetInt32(), replayed.GetProperty("agreement").GetProperty("identical").GetInt32()));

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

    /// <summary>A server that tells its services by reflection, here the host itself, gives its contract.</summary>
    private static async Task FetchAsync(TempProject project)
    {
        var address = $"localhost:{project.HostPort}";

        var fetched = await project.MustAsync("contract", "fetch", address, "--to", "fetched");

        Assert.Contains("contract: fetched/inference/grpc_service.proto", fetched.Errors);
        var path = Path.Combine(project.Root, "fetched", "inference", "grpc_service.proto");
        var text = await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken);
        Assert.Contains("rpc ModelStreamInfer(stream .inference.ModelInferRequest) returns (stream .inference.ModelStreamInferResponse);", text);
        Assert.Contains("import \"fetched/inference/model_config.proto\";", text);
        await project.MustAsync("contract", "fetch", address, "--to", "fetched");

        project.Write("fetched/inference/grpc_service.proto", "// Somebody's own.");
        var kept = await project.RunAsync("contract", "fetch", address, "--to", "fetched");
        Assert.Contains("was not written by this command", kept.Errors);
        Assert.Contains("outside of the project", (await project.RunAsync("contract", "fetch", address, "--to", "..")).Errors);
        Assert.Contains("could not be asked", (await project.RunAsync("contract", "fetch", "localhost:9")).Errors);
        Directory.Delete(Path.Combine(project.Root, "fetched"), recursive: true);
    }
}
