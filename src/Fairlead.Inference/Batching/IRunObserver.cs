namespace Fairlead.Inference.Batching;

/// <summary>Sees every call of a model, for telemetry. Is called on the thread that ran the model, from several at once; it must be quick and must not throw.</summary>
public interface IRunObserver
{
    /// <param name="requests">Scored in one call.</param>
    /// <param name="rows">Of all of them together.</param>
    void RunCompleted(int requests, int rows, TimeSpan inference);
}
