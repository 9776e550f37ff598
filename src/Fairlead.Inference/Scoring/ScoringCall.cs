namespace Fairlead.Inference.Scoring;

/// <summary>What one thread needs to score a block; reused.</summary>
internal sealed class ScoringCall : IDisposable
{
    public InferRequest Request { get; } = new();

    public InferAnswer Answer { get; } = new();

    public void Dispose()
    {
        Request.Clear();
        Answer.Clear();
    }
}
