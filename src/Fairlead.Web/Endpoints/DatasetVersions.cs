using System.Globalization;
using Fairlead.Domain.Datasets;
using Fairlead.Domain.Problems;

namespace Fairlead.Web.Endpoints;

/// <summary>Finds versions of datasets as people name them.</summary>
internal static class DatasetVersions
{
    /// <param name="version">A number, or null for the newest.</param>
    /// <exception cref="FairleadException">NotFound; Invalid: it is no number.</exception>
    public static async Task<DatasetVersion> FindAsync(IDatasetCatalog catalog, string dataset, string? version, CancellationToken cancellationToken)
    {
        var versions = await catalog.ListAsync(dataset, cancellationToken);
        if (versions.Count == 0)
        {
            var known = (await catalog.ListAsync(null, cancellationToken)).Select(one => one.Dataset).Distinct().ToList();
            throw FairleadException.NotFound($"There is no version of a dataset '{dataset}'; {NearestName.Hint(dataset, known)}");
        }

        if (string.IsNullOrWhiteSpace(version))
            return versions[0];
        if (!int.TryParse(version.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            throw FairleadException.Invalid($"'{version}' is no version of the dataset '{dataset}'; expected a number from 1 to {versions[0].Number}.");
        return versions.FirstOrDefault(one => one.Number == number)
            ?? throw FairleadException.NotFound($"There is no version {number} of the dataset '{dataset}'; the newest is {versions[0].Number}.");
    }
}
