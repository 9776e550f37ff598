using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Pipelines.Executions;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;
using Fairlead.Load.Inputs;
using Fairlead.Predictions.Query;
using Fairlead.Predictions.Sampling;
using Fairlead.Steps;
using Fairlead.Steps.Workspace;

namespace Fairlead.Roles.Stages;

/// <summary>Rows that stages ask services with, of the execution's commit where it has one.</summary>
internal sealed class StageRows(GitWorkspace workspace, CommitCheckouts checkouts, StepEngine engine, IArtifactStore store, IServerGroupCatalog groups, PredictionQuery query)
{
    /// <param name="data">As <see cref="RowSources.ReadAsync"/> takes it, or a file of the project.</param>
    /// <param name="seed">Null for the first ones, in their order.</param>
    public async Task<LoadRows> ReadAsync(ExecutionPlan plan, string service, string data, int rows, int? seed, CancellationToken cancellationToken)
    {
        using var checkout = plan is { IsPinned: true, Commit: { } commit } ? await checkouts.TakeAsync(commit, cancellationToken) : null;
        var project = checkout?.Workspace ?? workspace;
        if (!IsFile((await project.ReadAsync(cancellationToken)).Project, data))
        {
            var current = checkout is null ? engine : engine.At(project);
            return LoadRows.Parse(await new RowSources(project, current, current, store, groups, query).ReadAsync(service, data, rows, seed, cancellationToken));
        }

        var tree = await new ProjectCode(project, store).StoreAsync([data], "The stage", cancellationToken);
        List<string> paths = [.. (await store.ReadTreeAsync(tree.Digest, cancellationToken)).Select(entry => store.PathOf(entry.Digest))];
        return LoadRows.Parse(await Task.Run(() => RowFileSample.Read(paths, data, rows, seed, cancellationToken), cancellationToken));
    }

    /// <exception cref="FairleadException">Invalid: the project has not just one service.</exception>
    public async Task<string> OnlyServiceAsync(CancellationToken cancellationToken)
    {
        var services = (await workspace.ReadAsync(cancellationToken)).Project.Services;
        return services.Count == 1 ? services[0].Name : throw FairleadException.Invalid($"The project has {services.Count} services; say by 'service' which is meant.");
    }

    /// <summary>What has an ending is a file, unless a step has such an output.</summary>
    private static bool IsFile(ProjectDefinition project, string data) =>
        !RowSources.IsPredictions(data) && Path.HasExtension(data) && !project.Steps.Any(step => step.Outputs.Any(output => $"{step.Name}/{output}" == data));
}
