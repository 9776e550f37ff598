using Fairlead.Domain.Datasets;

namespace Fairlead.Web.Pages.Views;

/// <summary>A version of a dataset in a list.</summary>
/// <param name="Previous">Number of the version before it, or null.</param>
public sealed record DatasetRow(string Dataset, int Number, string Label, string Size, string Source, TimeView At, string By, CommitView Commit, string? Run, int? Previous)
{
    private const int LongestSource = 120;

    public static DatasetRow Of(DatasetVersion version, DateTimeOffset now) => new(
        version.Dataset, version.Number, version.Label, PageText.Bytes(version.Artifact.Size), Short(version.Path), TimeView.Of(version.RegisteredAt, now), version.RegisteredBy,
        CommitView.Of(version.Commit), version.Run?.ToString(), version.Number > 1 ? version.Number - 1 : null);

    private static string Short(string source) => source.Length <= LongestSource ? source : source[..(LongestSource - 1)] + "…";
}
