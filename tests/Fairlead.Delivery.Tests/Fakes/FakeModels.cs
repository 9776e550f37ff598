using Fairlead.Domain.Models;
using Fairlead.Domain.Problems;

namespace Fairlead.Delivery.Tests.Fakes;

/// <summary>A catalog of model versions, and an engine that can serve every file that begins with "model".</summary>
internal sealed class FakeModels : IModelCatalog, IModelInspector
{
    private readonly List<ModelVersion> versions = [];

    public Task<ModelVersion> AddAsync(ModelVersion candidate, CancellationToken cancellationToken)
    {
        var known = versions.Find(version => version.Model == candidate.Model && version.Artifact == candidate.Artifact && version.Run == candidate.Run);
        if (known is null)
        {
            known = candidate with { Number = versions.Count(version => version.Model == candidate.Model) + 1 };
            versions.Add(known);
        }

        return Task.FromResult(known);
    }

    public Task<ModelVersion?> FindAsync(string model, int number, CancellationToken cancellationToken) =>
        Task.FromResult(versions.Find(version => version.Model == model && version.Number == number));

    public Task<IReadOnlyList<ModelVersion>> ListAsync(string? model, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<ModelVersion>>([.. versions.AsEnumerable().Reverse()]);

    public Signature Inspect(string path, string name) =>
        File.ReadAllText(path).StartsWith("model", StringComparison.Ordinal)
            ? Samples.Signature
            : throw FairleadException.Failed("Protobuf parsing failed.");
}
