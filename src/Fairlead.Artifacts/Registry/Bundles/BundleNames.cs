using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Fairlead.Artifacts.Keeping;
using Fairlead.Domain.Datasets;
using Fairlead.Domain.Models;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Releases;
using Fairlead.Domain.Runs;
using Fairlead.Domain.Serialization;

namespace Fairlead.Artifacts.Registry.Bundles;

/// <summary>Finds what a name stands for in the catalog, and which artifacts belong to it.</summary>
internal sealed class BundleNames(IDatasetCatalog datasets, IModelCatalog models, IRunCatalog runs, IReleaseCatalog releases)
{
    private const string Datasets = "dataset/";
    private const string Models = "model/";
    private const string Runs = "run/";
    private const string Releases = "release/";

    /// <summary>The name in full: <c>train-3</c> is <c>run/train-3</c>, <c>v001</c> is <c>release/v001</c>.</summary>
    /// <exception cref="FairleadException">Invalid.</exception>
    public static string Complete(string name) =>
        name.Contains('/', StringComparison.Ordinal) ? name
        : ReleaseName.TryParse(name, out _) ? Releases + name
        : name.Contains('@', StringComparison.Ordinal) ? Datasets + name
        : RunId.TryParse(name, out _) ? Runs + name
        : throw Unknown(name);

    /// <exception cref="FairleadException">Invalid; NotFound.</exception>
    public async Task<ArtifactBundle> FindAsync(string text, CancellationToken cancellationToken)
    {
        var name = Complete(text);
        if (name.StartsWith(Datasets, StringComparison.Ordinal) && Labelled(name[Datasets.Length..]) is var (dataset, version))
        {
            var all = await datasets.ListAsync(dataset, cancellationToken).ConfigureAwait(false);
            return Bundle(name, all.FirstOrDefault(each => each.Number == version), DomainJson.Default.DatasetVersion);
        }

        if (name.StartsWith(Models, StringComparison.Ordinal) && Labelled(name[Models.Length..]) is var (model, number))
            return Bundle(name, await models.FindAsync(model, number, cancellationToken).ConfigureAwait(false), DomainJson.Default.ModelVersion);
        if (name.StartsWith(Releases, StringComparison.Ordinal) && ReleaseName.TryParse(name[Releases.Length..], out var release))
            return Bundle(name, await releases.FindAsync(release, cancellationToken).ConfigureAwait(false), DomainJson.Default.Release);
        if (name.StartsWith(Runs, StringComparison.Ordinal) && RunId.TryParse(name[Runs.Length..], out var id))
            return OfRun(name, await runs.FindAsync(id, cancellationToken).ConfigureAwait(false) ?? throw Missing(name));
        throw Unknown(text);
    }

    /// <summary>What a run made: outputs, log and whatever else its record holds but for its inputs.</summary>
    public static ArtifactBundle OfRun(string name, Run run)
    {
        var text = JsonSerializer.Serialize(run, DomainJson.Default.Run);
        var made = JsonNode.Parse(text)!.AsObject();
        made.Remove("inputs");
        return new ArtifactBundle(name, Encoding.UTF8.GetBytes(text), ReferenceScan.Roots(made.ToJsonString()));
    }

    private static ArtifactBundle Bundle<T>(string name, T? record, JsonTypeInfo<T> type)
        where T : class
    {
        var text = JsonSerializer.Serialize(record ?? throw Missing(name), type);
        return new ArtifactBundle(name, Encoding.UTF8.GetBytes(text), ReferenceScan.Roots(text));
    }

    private static (string Name, int Number)? Labelled(string label)
    {
        var at = label.LastIndexOf('@');
        return at > 0 && int.TryParse(label.AsSpan(at + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? (label[..at], number) : null;
    }

    private static FairleadException Missing(string name) => FairleadException.NotFound($"There is no '{name}' here; see 'fairlead dataset list', 'fairlead runs' and 'fairlead releases'.");

    private static FairleadException Unknown(string name) =>
        FairleadException.Invalid($"'{name}' is nothing that can be pushed or pulled; write dataset/NAME@NUMBER, model/NAME@NUMBER, run/STEP-NUMBER or release/NAME.");
}
