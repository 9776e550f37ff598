using System.Text.Json;
using System.Text.Json.Nodes;
using Fairlead.Delivery.Releases;
using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Pipelines.Activities;
using Fairlead.Steps;
using Fairlead.Steps.Workspace;

namespace Fairlead.Roles.Stages;

/// <summary>Makes a release for a stage, of the execution's commit where it has one; made again from the same content, it is the same release.</summary>
internal sealed class ReleaseActivity(ReleaseMaker maker, StepEngine engine, IArtifactStore store, CommitCheckouts checkouts) : IActivity
{
    public string Kind => "release";

    public async Task<ActivityOutcome> RunAsync(ActivityCall call, CancellationToken cancellationToken)
    {
        var made = await MakeAsync(call, call.Input.GetProperty("user").GetString()!, call.Input.GetProperty("breakContract").GetBoolean(), cancellationToken);
        return ActivityOutcome.Succeeded(JsonSerializer.SerializeToElement(new JsonObject
        {
            ["release"] = made.Release.Name.ToString(),
            ["is-new"] = made.IsNew,
            ["commit"] = made.Release.Commit.Commit,
            ["created-by"] = made.Release.CreatedBy,
        }));
    }

    private async Task<MadeRelease> MakeAsync(ActivityCall call, string user, bool mayBreakContracts, CancellationToken cancellationToken)
    {
        if (call.Plan is not { IsPinned: true, Commit: { } commit })
            return await maker.MakeAsync(user, mayBreakContracts, cancellationToken);
        using var checkout = await checkouts.TakeAsync(commit, cancellationToken);
        var source = new ReleaseSource(checkout.Workspace, engine.At(checkout.Workspace), new ProjectCode(checkout.Workspace, store));
        return await maker.MakeAsync(user, mayBreakContracts, source, cancellationToken);
    }
}
