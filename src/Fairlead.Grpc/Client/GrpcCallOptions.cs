namespace Fairlead.Grpc.Client;

/// <summary>What a call says beside its messages.</summary>
public sealed record GrpcCallOptions
{
    public static readonly GrpcCallOptions None = new();

    /// <summary>The call ends with DEADLINE_EXCEEDED after it; the server is told. Null: no deadline.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Names in lower case, values in ASCII; values of names that end in <c>-bin</c> in base64.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Metadata { get; init; } = [];
}
