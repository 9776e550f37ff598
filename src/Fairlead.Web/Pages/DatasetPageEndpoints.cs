using Fairlead.Domain.Datasets;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;
using Fairlead.Domain.Runs;
using Fairlead.Steps.Datasets.Inspecting;
using Fairlead.Web.Endpoints;
using Fairlead.Web.Pages.Views;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Fairlead.Web.Pages;

/// <summary>The pages about data.</summary>
internal static class DatasetPageEndpoints
{
    /// <summary>Runs that are looked through for those that read a version.</summary>
    private const int LookedThrough = 500;
    private const int MostReaders = 30;

    public static void MapDatasetPages(this IEndpointRouteBuilder pages)
    {
        pages.MapGet(PagePaths.Datasets, ListAsync);
        pages.MapGet("/datasets/{dataset}", ShowAsync);
        pages.MapGet("/datasets/{dataset}/diff", CompareAsync);
    }

    private static async Task<RazorComponentResult> ListAsync(IDatasetCatalog datasets, TimeProvider time, CancellationToken cancellationToken) =>
        PageResults.Of(DatasetsView.Of(await datasets.ListAsync(null, cancellationToken), time.GetUtcNow()));

    private static async Task<RazorComponentResult> ShowAsync(
        string dataset, string? version, IDatasetCatalog datasets, IRunCatalog runs, DatasetInspector inspector, TimeProvider time, CancellationToken cancellationToken)
    {
        var found = await DatasetVersions.FindAsync(datasets, dataset, version, cancellationToken);
        DatasetProfile? profile = null;
        string? problem = null;
        try
        {
            profile = await inspector.FindProfileAsync(found.Artifact, cancellationToken);
            // Of versions that were registered before there were profiles.
            if (profile is null)
                inspector.Describe(found);
        }
        catch (FairleadException e)
        {
            problem = e.Message;
        }

        var readers = (await runs.ListAsync(null, LookedThrough, cancellationToken))
            .Where(run => run.Inputs.Any(input => input.Source == $"dataset:{dataset}" && input.Artifact.Digest == found.Artifact.Digest)).Take(MostReaders).ToList();
        return PageResults.Of(DatasetView.Of(found, await datasets.ListAsync(dataset, cancellationToken), profile, problem, readers, time.GetUtcNow()));
    }

    private static async Task<RazorComponentResult> CompareAsync(
        string dataset, string? left, string? right, string? key, IDatasetCatalog datasets, DatasetInspector inspector, IWorkspace workspace, CancellationToken cancellationToken)
    {
        var after = await DatasetVersions.FindAsync(datasets, dataset, right, cancellationToken);
        var before = await DatasetVersions.FindAsync(datasets, dataset, string.IsNullOrWhiteSpace(left) ? Math.Max(1, after.Number - 1).ToString(System.Globalization.CultureInfo.InvariantCulture) : left, cancellationToken);
        var columns = await DatasetKeys.OfAsync(dataset, key, workspace, cancellationToken);
        try
        {
            return PageResults.Of(DatasetDifferenceView.Of(before, after, await inspector.CompareAsync(before, after, columns, cancellationToken), columns, null));
        }
        catch (FairleadException e) when (e.Kind is ProblemKind.Failed or ProblemKind.NotFound)
        {
            return PageResults.Of(DatasetDifferenceView.Of(before, after, null, columns, e.Message));
        }
    }
}
