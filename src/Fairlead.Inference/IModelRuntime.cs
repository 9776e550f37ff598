namespace Fairlead.Inference;

/// <summary>An engine that serves models in this process.</summary>
public interface IModelRuntime
{
    /// <summary>Loads a model and runs it once over dummy values, so that the first request is as fast as any.</summary>
    /// <param name="path">A model file.</param>
    /// <param name="name">What messages call it.</param>
    /// <exception cref="Fairlead.Domain.Problems.FairleadException">Failed: the file is no model that the engine can serve; the message carries the engine's own.</exception>
    IModelSession Load(string path, string name);
}
