using System.Globalization;
using Fairlead.Domain.Datasets;
using Fairlead.Domain.Runs;

namespace Fairlead.Web.Pages.Views;

/// <summary>A dataset: its versions, what is in one of them, and the runs that read it.</summary>
public sealed record DatasetView
{
    public required DatasetRow Version { get; init; }

    public required string Digest { get; init; }

    /// <summary>Newest first.</summary>
    public required IReadOnlyList<DatasetRow> Versions { get; init; }

    /// <summary>Format, files, rows; null when it was not looked into yet.</summary>
    public string? Summary { get; init; }

    public IReadOnlyList<ColumnRow> Columns { get; init; } = [];

    /// <summary>Sentences about what is not there.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>The newest runs that read the version.</summary>
    public IReadOnlyList<FactView> Readers { get; init; } = [];

    /// <summary>It is being looked into.</summary>
    public bool IsOpen => Summary is null && Notes.Count == 0;

    /// <param name="problem">Why there is no profile, or null.</param>
    public static DatasetView Of(DatasetVersion version, IReadOnlyList<DatasetVersion> versions, DatasetProfile? profile, string? problem, IReadOnlyList<Run> readers, DateTimeOffset now) => new()
    {
        Version = DatasetRow.Of(version, now),
        Digest = version.Artifact.Digest.ToString(),
        Versions = [.. versions.Select(one => DatasetRow.Of(one, now))],
        Summary = profile is null ? null : Describe(profile),
        Columns = profile is null ? [] : [.. profile.Columns.Select(column => ColumnRow.Of(column, profile.Rows ?? 0))],
        Notes = [.. new[] { problem, profile?.Note }.OfType<string>()],
        Readers = [.. readers.Select(run => new FactView(TimeView.Of(run.StartedAt, now).Text, run.Id.ToString(), PagePaths.Run(run.Id.ToString())))],
    };

    private static string Describe(DatasetProfile profile)
    {
        var rows = profile.Rows is { } count ? string.Create(CultureInfo.InvariantCulture, $"{count:N0} rows, {profile.Columns.Count} columns, ") : "";
        return string.Create(CultureInfo.InvariantCulture, $"{rows}{profile.Format.ToString().ToLowerInvariant()}, {profile.Files:N0} file{(profile.Files == 1 ? "" : "s")}, {PageText.Bytes(profile.Bytes)}");
    }
}
