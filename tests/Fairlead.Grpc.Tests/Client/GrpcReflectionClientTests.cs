using Fairlead.Grpc.Client;
using Fairlead.Grpc.Tests.Peers;
using Google.Protobuf.Reflection;

namespace Fairlead.Grpc.Tests.Client;

public sealed class GrpcReflectionClientTests(TestServer server) : IClassFixture<TestServer>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Fetch_OfAServer_GivesTheFilesOfItsServicesImportsFirst()
    {
        using var channel = new GrpcChannel(server.Url, new GrpcChannelOptions { Time = TimeProvider.System });

        var files = (await GrpcReflectionClient.FetchAsync(channel, Patience, TestContext.Current.CancellationToken)).Select(FileDescriptorProto.Parser.ParseFrom).ToList();

        // Health and reflection are gRPC's own.
        Assert.Equal(["echo.proto", "inference/model_config.proto", "inference/grpc_service.proto"], files.Select(file => file.Name).Order(StringComparer.Ordinal).OrderBy(name => name.EndsWith("grpc_service.proto", StringComparison.Ordinal)));
        var seen = new HashSet<string>();
        Assert.All(files, file =>
        {
            Assert.Subset(seen, file.Dependency.ToHashSet());
            seen.Add(file.Name);
        });
    }

    /// <summary>A server of the older protocol alone, in another implementation: nothing is known of it but its address.</summary>
    [Theory]
    [InlineData("v1alpha", "echo.proto")]
    [InlineData("none", "")]
    public async Task Fetch_OfAnOlderServer_AsksByTheOlderName(string version, string expected)
    {
        using var peer = PythonReflection.Start(version, "syntax = \"proto3\"; package old; service S { rpc Do(M) returns (M); } message M { string a = 1; }");
        using var channel = new GrpcChannel(peer.Url, new GrpcChannelOptions { Time = TimeProvider.System });

        var fetch = GrpcReflectionClient.FetchAsync(channel, Patience, TestContext.Current.CancellationToken);

        if (expected.Length > 0)
            Assert.Equal([expected], (await fetch).Select(bytes => FileDescriptorProto.Parser.ParseFrom(bytes).Name));
        else
            Assert.Equal(GrpcStatusCode.Unimplemented, (await Assert.ThrowsAsync<GrpcException>(() => fetch)).Status);
    }
}
