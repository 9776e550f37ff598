namespace Fairlead.Inference.Batching;

internal enum WaitingState
{
    /// <summary>The caller waits, and its request and answer may be touched.</summary>
    Open,

    /// <summary>The result is there or about to be.</summary>
    Closed,

    /// <summary>The caller gave up. A run may still hold the object, so that it is not used again.</summary>
    Cancelled,
}
