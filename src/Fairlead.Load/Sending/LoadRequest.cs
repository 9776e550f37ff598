namespace Fairlead.Load.Sending;

/// <summary>One request as its transport sends it, made before the run.</summary>
/// <param name="Bytes">Over REST the whole request with its head, over gRPC the message.</param>
/// <param name="Metadata">What goes beside the message over gRPC; empty over REST.</param>
internal sealed record LoadRequest(ReadOnlyMemory<byte> Bytes, IReadOnlyList<KeyValuePair<string, string>> Metadata)
{
    /// <summary>Asked by HEAD: whatever length its answer tells, no body follows.</summary>
    public bool IsHead { get; init; }
}
