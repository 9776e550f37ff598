using Fairlead.Grpc.Tests.Peers;

namespace Fairlead.Grpc.Tests.Server;

/// <summary>The server as python's grpcio sees it.</summary>
public sealed class PythonClientTests(PythonClientRun run) : IClassFixture<PythonClientRun>
{
    public static readonly TheoryData<string> Cases =
    [
        "unary", "unary_empty_message", "unary_of_many_frames", "unary_many_at_once", "metadata",
        "server_streaming", "server_streaming_of_nothing", "client_streaming", "client_streaming_of_nothing", "client_streaming_larger_than_any_buffer", "bidirectional_streaming",
        "gzip_in", "deflate_in", "gzip_both_ways", "gzip_stream_out", "gzip_bomb",
        "trailers_only", "message_of_any_letters", "error_after_an_unsent_message", "error_in_mid_stream", "error_while_the_client_still_sends",
        "deadline", "deadline_is_told_to_the_server", "unknown_method", "message_over_the_limit", "message_far_over_the_limit", "not_a_message", "bug",
        "health_check", "health_watch", "reflection_v1", "reflection_v1alpha",
    ];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Server_CalledByPython_Passes(string name) => run.Report.AssertPassed(name);

    [Fact]
    public void Server_CalledByPython_LogsOnlyTheBug() =>
        Assert.Contains("A bug.", Assert.Single(run.Server.Logger.Lines), StringComparison.Ordinal);

    [Fact]
    public void Cases_AsPrinted_AreAllNamedHere() => run.Report.AssertOnly(Cases.Select(row => row.Data));
}
