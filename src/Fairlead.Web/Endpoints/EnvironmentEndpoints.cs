using Fairlead.Delivery.Environments;
using Fairlead.Domain.Identity;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Releases;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Fairlead.Web.Endpoints;

internal static class EnvironmentEndpoints
{
    public static void MapEnvironments(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/environments").WithTags("environments");
        group.MapGet("", ListAsync).WithSummary("Lists the environments that the caller sees, with what they inherit and what runs there.");
        group.MapGet("{environment}", FindAsync).WithSummary("One environment: every value with where it came from, and what runs there.");
        group.MapGet("{environment}/diff/{other}", DiffAsync).WithSummary("In what two environments differ.");
        group.MapGet("{environment}/preview", PreviewAsync).WithSummary("What a deployment would change, worked out before anything changes.");
    }

    private static async Task<Ok<IReadOnlyList<EnvironmentReport>>> ListAsync(EnvironmentDesk desk, CancellationToken cancellationToken) =>
        TypedResults.Ok<IReadOnlyList<EnvironmentReport>>([.. (await desk.ListAsync(cancellationToken)).Where(report => MaySee(report.Environment.Name))]);

    private static async Task<Ok<EnvironmentReport>> FindAsync(string environment, EnvironmentDesk desk, CancellationToken cancellationToken) =>
        TypedResults.Ok(await desk.FindAsync(environment, cancellationToken));

    private static async Task<Ok<EnvironmentDiff>> DiffAsync(string environment, string other, EnvironmentDesk desk, CancellationToken cancellationToken) =>
        TypedResults.Ok(MaySee(other)
            ? await desk.DiffAsync(environment, other, cancellationToken)
            // Whoever may not see it is not told whether it is there.
            : throw FairleadException.NotFound($"There is no environment '{AuditText.Clean(other, IdentityNames.Longest)}' that you may see; ask an admin for the role viewer@{AuditText.Clean(other, IdentityNames.Longest)}."));

    private static async Task<Ok<EnvironmentDiff>> PreviewAsync(string environment, string? release, string[]? service, EnvironmentDesk desk, CancellationToken cancellationToken)
    {
        ReleaseName? name = release is null ? null : ReleaseName.TryParse(release, out var parsed) ? parsed
            : throw FairleadException.Invalid($"'{release}' is not a release; expected 'v' and a number, such as 'v001'.");
        return TypedResults.Ok(await desk.PreviewAsync(environment, name, service ?? [], cancellationToken));
    }

    private static bool MaySee(string environment) => Callers.Principal.Has(Role.Viewer, environment);
}
