using System.Globalization;
using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Models;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Runs;

namespace Fairlead.Roles;

/// <summary>
/// A folder of models: <c>NAME/VERSION/model.onnx</c>, versions from 1. What is read goes into the store first, so that a file that is
/// written anew disturbs nobody.
/// </summary>
internal sealed class ServeRoleFolder(string folder, IArtifactStore store, IModelInspector inspector, TimeProvider time)
{
    private const string ModelFile = "model.onnx";
    private const string ConfigurationFile = "config.pbtxt";

    /// <summary>The models that there are, by name.</summary>
    public IReadOnlyList<string> Names =>
        [.. Directory.EnumerateDirectories(folder).Select(Path.GetFileName).OfType<string>().Where(name => !name.StartsWith('.')).Order(StringComparer.Ordinal)];

    /// <summary>Those whose configuration is not read, by name.</summary>
    public IReadOnlyList<string> Configured => [.. Names.Where(name => File.Exists(Path.Combine(folder, name, ConfigurationFile)))];

    /// <summary>Reads every version of a model, oldest first.</summary>
    /// <exception cref="FairleadException">NotFound: there is no such model, or it has no version.</exception>
    public async Task<IReadOnlyList<ServeRoleModel>> ReadAsync(string name, CancellationToken cancellationToken)
    {
        if (!Names.Contains(name))
            throw FairleadException.NotFound($"Request for unknown model: '{name}' is not found in '{folder}'; {NearestName.Hint(name, Names)}");
        var versions = Directory.EnumerateDirectories(Path.Combine(folder, name))
            .Select(path => int.TryParse(Path.GetFileName(path), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0)
            .Where(number => number > 0)
            .Order();
        var models = new List<ServeRoleModel>();
        foreach (var number in versions)
            models.Add(await ReadAsync(name, number, cancellationToken));
        return models.Count > 0 ? models : throw FairleadException.NotFound($"The model '{name}' has no version; put one into '{Path.Combine(folder, name, "1", ModelFile)}'.");
    }

    private async Task<ServeRoleModel> ReadAsync(string name, int number, CancellationToken cancellationToken)
    {
        try
        {
            var artifact = await store.PutAsync(Path.Combine(folder, name, number.ToString(CultureInfo.InvariantCulture), ModelFile), cancellationToken);
            var version = new ModelVersion
            {
                Model = name,
                Number = number,
                Artifact = artifact,
                Signature = inspector.Inspect(store.PathOf(artifact.Digest), $"{name} version {number}"),
                Run = new RunId("serve", number),
                CreatedAt = time.GetUtcNow(),
            };
            return new ServeRoleModel(name, number, version, "");
        }
        catch (FairleadException e)
        {
            return new ServeRoleModel(name, number, null, e.Message);
        }
    }
}
