using Fairlead.Domain.Deployments;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Fairlead.Web.Endpoints;

/// <summary>What the instances of command services print.</summary>
internal static class LogEndpoints
{
    public static void MapLogs(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/server-groups/{name}/logs", FollowAsync).WithTags("deployments").WithSummary("What a server group's instances print, from some lines back, and on for as long as the caller stays.");

    private static async Task FollowAsync(
        string name, int? instance, int? lines, bool? follow, HttpContext http, IWorkspace workspace, IServerGroupCatalog groups, TimeProvider time, CancellationToken cancellationToken)
    {
        if (!ServerGroupName.TryParse(name, out var group) || await groups.FindAsync(group, cancellationToken) is not { } found)
        {
            var known = await groups.ListAsync(null, null, cancellationToken);
            throw FairleadException.NotFound($"There is no server group '{name}'; {NearestName.Hint(name, [.. known.Select(candidate => candidate.Name.ToString())])}");
        }

        if (found.Service.Command is null)
            throw FairleadException.Conflict($"The server group '{name}' serves {found.Service.Describe()}; it runs inside the host and prints nothing of its own: the host's log is in '.fairlead/host'.");
        var logs = new InstanceLogs(new StateFolder(workspace.Root), group, instance, time);
        http.Response.ContentType = "text/plain; charset=utf-8";
        await logs.WriteAsync(http.Response.BodyWriter, lines ?? InstanceLogs.DefaultLines, follow ?? false, cancellationToken);
    }
}
