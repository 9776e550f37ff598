namespace Fairlead.Web.Pages.Views;

/// <summary>The newest version of each dataset.</summary>
/// <param name="Rows">With the number of versions.</param>
public sealed record DatasetsView(IReadOnlyList<(DatasetRow Newest, int Versions)> Rows)
{
    public static DatasetsView Of(IReadOnlyList<Domain.Datasets.DatasetVersion> versions, DateTimeOffset now) =>
        new([.. versions.GroupBy(version => version.Dataset, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => (DatasetRow.Of(group.MaxBy(version => version.Number)!, now), group.Count()))]);
}
