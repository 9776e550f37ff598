namespace Fairlead.Domain.Models;

/// <summary>The seam that reads a model's signature by loading it with the engine that will serve it.</summary>
public interface IModelInspector
{
    /// <param name="path">A model file.</param>
    /// <param name="name">What messages call it.</param>
    /// <exception cref="Problems.FairleadException">Failed when the file is no model that the engine can serve; the message carries the engine's own.</exception>
    Signature Inspect(string path, string name);
}
