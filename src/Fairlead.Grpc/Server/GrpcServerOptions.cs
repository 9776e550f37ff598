namespace Fairlead.Grpc.Server;

/// <summary>How calls are read and answered.</summary>
public sealed record GrpcServerOptions
{
    public const int DefaultMaxMessageBytes = 4 * 1024 * 1024;

    /// <summary>The longest message that is read, in bytes, before and after unpacking. A longer one is answered with RESOURCE_EXHAUSTED.</summary>
    public int MaxMessageBytes { get; init; } = DefaultMaxMessageBytes;

    /// <summary>What the longer messages of all calls may take together while they arrive; null for as much as they like. What it has no room for is answered with RESOURCE_EXHAUSTED.</summary>
    public IMessageBudget? Budget { get; init; }

    /// <summary>The clock of deadlines.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>Turns an expected failure of a handler into its status; null for a bug, which is logged and answered with INTERNAL.</summary>
    public Func<Exception, GrpcException?> MapException { get; init; } = _ => null;
}
