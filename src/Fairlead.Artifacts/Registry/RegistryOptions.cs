namespace Fairlead.Artifacts.Registry;

/// <summary>How a registry is reached.</summary>
public sealed record RegistryOptions
{
    public required RegistryAddress Address { get; init; }

    /// <summary>Gives <c>user:password</c> when it is needed, or null for none. Its problems are told as they are.</summary>
    public Func<string?> Credentials { get; init; } = () => null;

    /// <summary>How credentials are given, for the message to who gave none.</summary>
    public string CredentialsCure { get; init; } = "say by 'store: { credentials: … }' where 'user:password' is kept";

    /// <summary>PEM file with the certificates to trust in place of the machine's.</summary>
    public string? CaFile { get; init; }

    /// <summary>How many blobs go at the same time.</summary>
    public int Parallelism { get; init; } = 4;

    /// <summary>A blob up to this size goes in one piece, a larger one in chunks of it.</summary>
    public int ChunkBytes { get; init; } = 64 << 20;

    /// <summary>How often a request is tried without any progress before it counts as failed.</summary>
    public int Attempts { get; init; } = 6;

    /// <summary>The first pause after a failure; each further one is twice as long.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>How long an answer may keep one waiting, or a body stand still.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(60);
}
