namespace Fairlead.Grpc.Tests.Server;

/// <summary>The server as Node's @grpc/grpc-js sees it.</summary>
public sealed class NodeClientTests(NodeClientRun run) : IClassFixture<NodeClientRun>
{
    public static readonly TheoryData<string> Cases =
    [
        "unary", "unary_many_at_once", "metadata", "server_streaming", "client_streaming", "bidirectional_streaming", "gzip_both_ways",
        "message_of_any_letters", "error_in_mid_stream", "error_while_the_client_still_sends", "deadline", "unknown_method", "message_over_the_limit", "message_far_over_the_limit",
        "health_check", "reflection_v1", "reflection_v1alpha",
    ];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Server_CalledByNode_Passes(string name) => run.Report.AssertPassed(name);

    [Fact]
    public void Server_CalledByNode_LogsNothing() => Assert.Empty(run.Server.Logger.Lines);

    [Fact]
    public void Cases_AsPrinted_AreAllNamedHere() => run.Report.AssertOnly(Cases.Select(row => row.Data));
}
