namespace Fairlead.Grpc.Server;

/// <summary>Bounds what the messages of all calls take together while they arrive. Called by many threads.</summary>
public interface IMessageBudget
{
    /// <summary>What a client is told for whose message there is no room.</summary>
    string Refusal { get; }

    /// <summary>False when there is no room for that many bytes more.</summary>
    bool TryTake(long bytes);

    void Return(long bytes);
}
