using System.Text.Json;
using System.Text.Json.Nodes;
using Fairlead.Delivery.Releases;
using Fairlead.Domain.Pipelines.Activities;

namespace Fairlead.Roles.Stages;

/// <summary>Makes a release for a stage; made again from the same content, it is the same release.</summary>
internal sealed class ReleaseActivity(ReleaseMaker maker) : IActivity
{
    public string Kind => "release";

    public async Task<ActivityOutcome> RunAsync(ActivityCall call, CancellationToken cancellationToken)
    {
        var made = await maker.MakeAsync(call.Input.GetProperty("user").GetString()!, call.Input.GetProperty("breakContract").GetBoolean(), cancellationToken);
        return ActivityOutcome.Succeeded(JsonSerializer.SerializeToElement(new JsonObject
        {
            ["release"] = made.Release.Name.ToString(),
            ["is-new"] = made.IsNew,
            ["commit"] = made.Release.Commit.Commit,
            ["created-by"] = made.Release.CreatedBy,
        }));
    }
}
