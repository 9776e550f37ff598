namespace Fairlead.Bench.Peer;

/// <summary>The roles in which the harness starts itself as a process of its own.</summary>
internal static class PeerRole
{
    /// <summary>The first argument.</summary>
    public const string Word = "peer";

    /// <summary>Any request is answered alike; followed by the bytes of the answer's body.</summary>
    public const string Answer = "answer";

    /// <summary>An empty unary gRPC method.</summary>
    public const string Grpc = "grpc";

    /// <summary>The data plane alone; followed by the folder of its project.</summary>
    public const string Host = "host";

    /// <summary>Precedes the URL on the line that says that the peer listens.</summary>
    public const string ListeningPrefix = "listening ";

    /// <param name="arguments">Behind <see cref="Word"/>.</param>
    public static Task<int> RunAsync(string[] arguments) => arguments switch
    {
        [Answer, var bytes] => FixedAnswerPeer.RunAsync(int.Parse(bytes)),
        [Grpc] => EmptyGrpcPeer.RunAsync(),
        [Host, var folder] => SleepingHostPeer.RunAsync(folder),
        _ => throw new BenchException($"'{string.Join(' ', arguments)}' is no role of a peer."),
    };

    public static void SayListening(string url) => Console.WriteLine($"{ListeningPrefix}{url}");
}
