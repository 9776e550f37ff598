using Fairlead.Domain.Configurations;
using Fairlead.Domain.Identity;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;
using Fairlead.Web.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Fairlead.Web.Endpoints;

/// <summary>Secrets are taken and named here, and never told.</summary>
internal static class SecretEndpoints
{
    public static void MapSecrets(this IEndpointRouteBuilder routes)
    {
        var all = routes.MapGroup("/api/secrets").WithTags("secrets");
        all.MapGet("", List).WithSummary("Lists the secrets that are kept, without their values.");
        all.MapPut("{name}", Set).WithSummary("Keeps the value of a secret for all environments that have none of their own.");
        all.MapDelete("{name}", Remove).WithSummary("Forgets a secret of all environments.");
        all.MapPost("rotate", Rotate).WithSummary("Encrypts all secrets with another key.");
        var own = routes.MapGroup("/api/environments/{environment}/secrets").WithTags("secrets");
        own.MapPut("{name}", SetOwnAsync).WithSummary("Keeps the value of a secret for one environment.");
        own.MapDelete("{name}", RemoveOwn).WithSummary("Forgets a secret of one environment.");
    }

    /// <summary>Those of the environments that the caller sees.</summary>
    private static Ok<IReadOnlyList<SecretEntry>> List(ISecretVault vault) =>
        TypedResults.Ok<IReadOnlyList<SecretEntry>>([.. vault.List().Where(secret => Callers.Principal.Has(Role.Viewer, secret.Environment))]);

    private static Ok<SecretEntry> Set(string name, SecretBody body, ISecretVault vault) => TypedResults.Ok(vault.Set(name, null, body.Value, Callers.Name(body.User)));

    private static NoContent Remove(string name, ISecretVault vault)
    {
        vault.Remove(name, null);
        return TypedResults.NoContent();
    }

    private static Ok<RotationAnswer> Rotate(UserBody body, ISecretVault vault)
    {
        Callers.Name(body.User);
        return TypedResults.Ok(new RotationAnswer(vault.Rotate()));
    }

    private static async Task<Ok<SecretEntry>> SetOwnAsync(string environment, string name, SecretBody body, ISecretVault vault, IWorkspace workspace, CancellationToken cancellationToken)
    {
        var known = (await workspace.ReadAsync(cancellationToken)).Project.Environments.Select(one => one.Name).ToList();
        return known.Contains(environment, StringComparer.Ordinal)
            ? TypedResults.Ok(vault.Set(name, environment, body.Value, Callers.Name(body.User)))
            : throw FairleadException.NotFound($"There is no environment '{environment}' ({NearestName.Hint(environment, known)}).");
    }

    private static NoContent RemoveOwn(string environment, string name, ISecretVault vault)
    {
        vault.Remove(name, environment);
        return TypedResults.NoContent();
    }
}
