using System.Globalization;
using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Datasets;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Models;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Releases;
using Fairlead.Domain.Runs;

namespace Fairlead.Predictions.Tracing;

/// <summary>Finds what a text names. Several kinds may share a name; a prefix such as <c>model:</c> tells them apart.</summary>
internal sealed class LineageResolver(LineageIndex index)
{
    private const int ShortestCommit = 4;
    private const string DigestPrefix = "sha256:";
    private static readonly string[] Kinds = ["dataset", "run", "model", "release", "group", "commit"];

    /// <exception cref="FairleadException">Invalid: it is ambiguous; NotFound.</exception>
    public LineageSubject Resolve(string text)
    {
        var (kind, name) = Split(text.Trim());
        var found = Find(kind, name).ToList();
        return found switch
        {
            [var only] => only,
            [] when Newest(kind, name) is [_, ..] newest => throw FairleadException.NotFound(
                $"'{text}' is no version of a dataset or model; the newest {(newest.Count == 1 ? "is" : "are")} {string.Join(" and ", newest.Select(subject => $"'{(newest.Count == 1 ? subject.Name : subject.FullName)}'"))}."),
            [] => throw FairleadException.NotFound(
                $"'{text}' is nothing that is known here; name a prediction (its UUID), a dataset or model version ('customers@2', or its digest), a run ('train-3'), a release ('v004'), a server group ('late-prod-v002') or a commit."),
            _ => throw FairleadException.Invalid($"'{text}' can be {string.Join(" or ", found.Take(5).Select(subject => $"'{subject.FullName}'"))}{(found.Count > 5 ? $" or {found.Count - 5} others" : "")}; say which."),
        };
    }

    /// <summary>The newest versions of the dataset and the model of a name, with or without a version behind it.</summary>
    private List<LineageSubject> Newest(string? kind, string name)
    {
        var plain = name.LastIndexOf('@') is > 0 and var at ? name[..at] : name;
        var dataset = Is(kind, "dataset") ? index.Datasets.Where(version => version.Dataset == plain).MaxBy(version => version.Number) : null;
        var model = Is(kind, "model") ? index.Models.Where(version => version.Model == plain).MaxBy(version => version.Number) : null;
        return [.. Of(dataset), .. Of(model)];
    }

    private static (string? Kind, string Name) Split(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 && Kinds.Contains(text[..colon]) ? (text[..colon], text[(colon + 1)..]) : (null, text);
    }

    private IEnumerable<LineageSubject> Find(string? kind, string name) =>
    [
        .. Is(kind, "dataset") ? Datasets(name) : [],
        .. Is(kind, "model") ? Models(name) : [],
        .. Is(kind, "run") ? Runs(name) : [],
        .. Is(kind, "release") && ReleaseName.TryParse(name, out var release) ? index.Releases.Where(candidate => candidate.Name == release).Select(Of) : [],
        .. Is(kind, "group") && ServerGroupName.TryParse(name, out var group) ? index.Groups.Where(candidate => candidate.Name == group).Select(Of) : [],
        .. Is(kind, "commit") ? Commits(name) : [],
    ];

    private static bool Is(string? kind, string wanted) => kind is null || kind == wanted;

    private IEnumerable<LineageSubject> Datasets(string name) => index.Datasets
        .Where(version => Matches(name, version.Dataset, version.Number, version.Artifact.Digest))
        .SelectMany(Of);

    private IEnumerable<LineageSubject> Models(string name) => index.Models
        .Where(version => Matches(name, version.Model, version.Number, version.Artifact.Digest))
        .SelectMany(Of);

    private static bool Matches(string text, string name, int number, Digest digest) =>
        text.StartsWith(DigestPrefix, StringComparison.Ordinal)
            ? text.Length >= DigestPrefix.Length + ShortestCommit && digest.ToString().StartsWith(text, StringComparison.OrdinalIgnoreCase)
            : text.LastIndexOf('@') is > 0 and var at && text[..at] == name && text[(at + 1)..] == number.ToString(CultureInfo.InvariantCulture);

    private IEnumerable<LineageSubject> Runs(string name)
    {
        if (RunId.TryParse(name.Replace('#', '-'), out var id) && index.Runs.TryGetValue(id, out var run))
            yield return new LineageSubject(run.Id.ToString()) { Run = run };
    }

    private IEnumerable<LineageSubject> Commits(string name) =>
        name.Length < ShortestCommit || !name.All(char.IsAsciiHexDigit)
            ? []
            : index.Runs.Values.Select(run => run.Commit.Commit).Concat(index.Releases.Select(release => release.Commit.Commit))
                .Where(commit => commit.StartsWith(name, StringComparison.OrdinalIgnoreCase))
                .Distinct(StringComparer.Ordinal)
                .Select(commit => new LineageSubject(commit) { Commit = commit });

    private static IEnumerable<LineageSubject> Of(DatasetVersion? version) => version is null ? [] : [new LineageSubject(version.Label) { Dataset = version }];

    private static IEnumerable<LineageSubject> Of(ModelVersion? version) => version is null ? [] : [new LineageSubject(version.Label) { Model = version }];

    private static LineageSubject Of(Release release) => new(release.Name.ToString()) { Release = release };

    private static LineageSubject Of(ServerGroup group) => new(group.Name.ToString()) { Group = group };
}
