using System.Collections.Frozen;
using Fairlead.Domain.Identity;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Fairlead.Web.Security;

/// <summary>
/// Who may do what: a line for each endpoint, the only place where it is said. What has no line is for admins, and a test names it.
/// Inputs and answers of predictions are told to those who are something in the whole project, as no query can be held to an environment.
/// </summary>
internal static class AccessTable
{
    private const string EnvironmentPath = "/api/environments/{environment}/";

    private static readonly FrozenDictionary<string, AccessRule> Rules = new Dictionary<string, AccessRule>(StringComparer.OrdinalIgnoreCase)
    {
        ["GET /login"] = new(AccessScope.Public, Role.Viewer),
        ["POST /login"] = new(AccessScope.Public, Role.Viewer),
        ["GET /assets/{name}"] = new(AccessScope.Public, Role.Viewer),
        ["POST /logout"] = new(AccessScope.SignedIn, Role.Viewer, "sign-out"),
        ["GET /api/me"] = new(AccessScope.SignedIn, Role.Viewer),
        ["POST /api/me/tokens"] = new(AccessScope.SignedIn, Role.Viewer, "token.add"),
        ["GET /openapi/{documentName}.json"] = new(AccessScope.SignedIn, Role.Viewer),
        // Whoever is sent lineage reads there what its facets mean.
        ["GET /schemas/openlineage/{name}"] = new(AccessScope.Public, Role.Viewer),
        ["GET /api/schema"] = new(AccessScope.SignedIn, Role.Viewer),
        ["GET /schemas/openlineage/{name}"] = new(AccessScope.Public, Role.Viewer),
        ["GET /api/live"] = new(AccessScope.SignedIn, Role.Viewer, TakesMachine: true),

        // As the host's: a scraper has its secret, where there is one.
        ["GET /metrics"] = new(AccessScope.Somewhere, Role.Viewer, TakesMachine: true),

        ["GET /api/desired-state"] = new(AccessScope.Host, Role.Admin),
        ["POST /api/hosts/report"] = new(AccessScope.Host, Role.Admin),

        ["GET /"] = new(AccessScope.Somewhere, Role.Viewer),
        ["GET /api/status"] = new(AccessScope.Somewhere, Role.Viewer),
        ["GET /api/server-groups"] = new(AccessScope.Somewhere, Role.Viewer),
        ["GET /api/server-groups/{name}/logs"] = new(AccessScope.Project, Role.Viewer),
        [$"POST {EnvironmentPath}deployments"] = new(AccessScope.Environment, Role.Operator, "deployment.start"),
        [$"POST {EnvironmentPath}rollback"] = new(AccessScope.Environment, Role.Operator, "deployment.rollback"),
        ["GET /api/server-groups/{name}"] = new(AccessScope.Somewhere, Role.Viewer),
        ["GET /api/rollouts"] = new(AccessScope.Somewhere, Role.Viewer),
        ["GET /api/rollouts/{number:int}"] = new(AccessScope.Somewhere, Role.Viewer),
        [$"POST {EnvironmentPath}rollouts/{{number:int}}/pause"] = new(AccessScope.Environment, Role.Operator, "rollout.pause"),
        [$"POST {EnvironmentPath}rollouts/{{number:int}}/resume"] = new(AccessScope.Environment, Role.Operator, "rollout.resume"),
        [$"POST {EnvironmentPath}rollouts/{{number:int}}/promote"] = new(AccessScope.Environment, Role.Operator, "rollout.promote"),
        [$"POST {EnvironmentPath}rollouts/{{number:int}}/abort"] = new(AccessScope.Environment, Role.Operator, "rollout.abort"),
        [$"POST {EnvironmentPath}server-groups/{{name}}/enable"] = new(AccessScope.Environment, Role.Operator, "server-group.enable"),
        [$"POST {EnvironmentPath}server-groups/{{name}}/disable"] = new(AccessScope.Environment, Role.Operator, "server-group.disable"),
        [$"POST {EnvironmentPath}server-groups/{{name}}/destroy"] = new(AccessScope.Environment, Role.Operator, "server-group.destroy"),
        [$"POST {EnvironmentPath}server-groups/{{name}}/resize"] = new(AccessScope.Environment, Role.Operator, "server-group.resize"),
        [$"POST {EnvironmentPath}traffic"] = new(AccessScope.Environment, Role.Operator, "traffic.set"),

        ["GET /api/environments"] = new(AccessScope.Somewhere, Role.Viewer),
        ["GET /api/environments/{environment}"] = new(AccessScope.Environment, Role.Viewer),
        [$"GET {EnvironmentPath}diff/{{other}}"] = new(AccessScope.Environment, Role.Viewer),
        [$"GET {EnvironmentPath}preview"] = new(AccessScope.Environment, Role.Viewer),
        ["GET /environments/{environment}"] = new(AccessScope.Environment, Role.Viewer),
        ["GET /api/secrets"] = new(AccessScope.Somewhere, Role.Operator),
        ["PUT /api/secrets/{name}"] = new(AccessScope.Project, Role.Operator, "secret.set"),
        ["DELETE /api/secrets/{name}"] = new(AccessScope.Project, Role.Operator, "secret.remove"),
        ["POST /api/secrets/rotate"] = new(AccessScope.Project, Role.Admin, "secret.rotate"),
        [$"PUT {EnvironmentPath}secrets/{{name}}"] = new(AccessScope.Environment, Role.Operator, "secret.set"),
        [$"DELETE {EnvironmentPath}secrets/{{name}}"] = new(AccessScope.Environment, Role.Operator, "secret.remove"),

        ["GET /api/datasets"] = new(AccessScope.Somewhere, Role.Viewer),
        ["GET /api/datasets/{dataset}/profile"] = new(AccessScope.Project, Role.Viewer),
        ["GET /api/datasets/{dataset}/files"] = new(AccessScope.Project, Role.Viewer),
        ["GET /api/datasets/{dataset}/files/file"] = new(AccessScope.Project, Role.Viewer),
        ["GET /api/datasets/{dataset}/difference"] = new(AccessScope.Project, Role.Viewer),
        ["GET /datasets"] = new(AccessScope.Somewhere, Role.Viewer),
        ["GET /datasets/{dataset}"] = new(AccessScope.Project, Role.Viewer),
        ["GET /datasets/{dataset}/diff"] = new(AccessScope.Project, Role.Viewer),
        ["POST /api/datasets"] = new(AccessScope.Project, Role.Developer, "dataset.register"),
        ["GET /api/graph"] = new(AccessScope.Somewhere, Role.Viewer),
        ["GET /steps"] = new(AccessScope.Somewhere, Role.Viewer),
        ["GET /api/runs"] = new(AccessScope.Somewhere, Role.Viewer),
        ["GET /api/runs/compare"] = new(AccessScope.Somewhere, Role.Viewer),
        ["GET /api/runs/{id}"] = new(AccessScope.Somewhere, Role.Viewer),
        ["GET /api/runs/{id}/why"] = new(AccessScope.Somewhere, Role.Viewer),
        ["GET /api/runs/{id}/curves"] = new(AccessScope.Somewhere, Role.Viewer),
        ["GET /api/runs/{id}/verifications"] = new(AccessScope.Somewhere, Role.Viewer),
        ["GET /api/runs/{id}/outputs"] = new(AccessScope.Somewhere, Role.Viewer),
        ["GET /api/runs/{id}/outputs/file"] = new(AccessScope.Project, Role.Viewer),
        ["POST /api/runs/{id}/tags"] = new(AccessScope.Project, Role.Developer, "run.tag"),
        ["DELETE /api/runs/{id}/tags/{tag}"] = new(AccessScope.Project, Role.Developer, "run.untag"),
        ["POST /api/runs/{id}/notes"] = new(AccessScope.Project, Role.Developer, "run.note"),
        ["POST /api/runs/{id}/verify"] = new(AccessScope.Project, Role.Developer, "run.verify"),
        ["GET /api/runs/{id}/log"] = new(AccessScope.Project, Role.Viewer),
        ["GET /runs"] = new(AccessScope.Project, Role.Viewer),
        ["GET /runs/compare"] = new(AccessScope.Project, Role.Viewer),
        ["POST /runs/{id}/tags"] = new(AccessScope.Project, Role.Developer, "run.tag"),
        ["POST /runs/{id}/tags/{tag}/delete"] = new(AccessScope.Project, Role.Developer, "run.untag"),
        ["POST /runs/{id}/notes"] = new(AccessScope.Project, Role.Developer, "run.note"),
        ["GET /runs/{id}"] = new(AccessScope.Project, Role.Viewer),
        ["POST /api/runs"] = new(AccessScope.Project, Role.Developer, "run.start"),
        ["POST /api/shells"] = new(AccessScope.Project, Role.Developer, "shell.open"),
        ["GET /api/sweeps"] = new(AccessScope.Somewhere, Role.Viewer),
        ["GET /api/sweeps/{number:int}"] = new(AccessScope.Somewhere, Role.Viewer),
        ["POST /api/sweeps"] = new(AccessScope.Project, Role.Developer, "sweep.start"),
        ["POST /api/sweeps/{number:int}/resume"] = new(AccessScope.Project, Role.Developer, "sweep.resume"),
        ["POST /api/sweeps/{number:int}/stop"] = new(AccessScope.Project, Role.Developer, "sweep.stop"),
        // A commit in the project's repository.
        ["POST /api/sweeps/{number:int}/promotion"] = new(AccessScope.Project, Role.Developer, "sweep.promote"),
        ["GET /sweeps"] = new(AccessScope.Somewhere, Role.Viewer),
        ["GET /sweeps/{number:int}"] = new(AccessScope.Somewhere, Role.Viewer),
        // Whoever moves a pipeline must also be allowed to do what its stages do, which is known once it is planned.
        ["POST /api/executions"] = new(AccessScope.Somewhere, Role.Developer, "execution.start"),
        ["POST /api/executions/plan"] = new(AccessScope.Somewhere, Role.Viewer),
        ["GET /api/executions"] = new(AccessScope.Somewhere, Role.Viewer),
        ["GET /api/executions/{number:int}"] = new(AccessScope.Somewhere, Role.Viewer),
        ["GET /api/executions/{number:int}/events"] = new(AccessScope.Somewhere, Role.Viewer),
        ["POST /api/executions/{number:int}/watch"] = new(AccessScope.Somewhere, Role.Viewer),
        ["POST /api/executions/{number:int}/pause"] = new(AccessScope.Somewhere, Role.Developer, "execution.pause"),
        ["POST /api/executions/{number:int}/resume"] = new(AccessScope.Somewhere, Role.Developer, "execution.resume"),
        ["POST /api/executions/{number:int}/cancel"] = new(AccessScope.Somewhere, Role.Developer, "execution.cancel"),
        ["POST /api/executions/{number:int}/restart"] = new(AccessScope.Somewhere, Role.Developer, "execution.restart"),
        ["POST /api/executions/{number:int}/end"] = new(AccessScope.Somewhere, Role.Developer, "execution.end"),
        // Which of the judges may is said by the stage and its environment.
        ["POST /api/executions/{number:int}/stages/{stage}/judgment"] = new(AccessScope.Somewhere, Role.Judge, "execution.judge"),
        ["GET /api/executions/{number:int}/stages/{stage}/judgment"] = new(AccessScope.Somewhere, Role.Viewer),
        ["GET /api/judgments"] = new(AccessScope.Somewhere, Role.Viewer),
        // One's own, or as an admin somebody else's.
        ["POST /api/executions/{number:int}/stages/{stage}/judgment/link"] = new(AccessScope.Somewhere, Role.Judge, "judgment.link"),
        // The token of the call is the proof.
        ["POST /api/executions/{number:int}/stages/{stage}/callback"] = new(AccessScope.Public, Role.Viewer, "execution.callback"),
        ["GET /api/triggers"] = new(AccessScope.Somewhere, Role.Viewer),
        // What it saw holds the bodies of webhooks.
        ["GET /api/triggers/{pipeline}/{name}"] = new(AccessScope.Project, Role.Viewer),
        // What it executes says what the caller must be allowed.
        ["POST /api/triggers/{pipeline}/{name}/fire"] = new(AccessScope.Somewhere, Role.Viewer, "trigger.fire"),
        ["POST /api/triggers/{pipeline}/{name}/pause"] = new(AccessScope.Project, Role.Operator, "trigger.pause"),
        ["POST /api/triggers/{pipeline}/{name}/resume"] = new(AccessScope.Project, Role.Operator, "trigger.resume"),
        // The signature is the proof; what strangers send is not worth an entry each, and what comes of it is recorded.
        ["POST /api/hooks/{pipeline}/{name}"] = new(AccessScope.Public, Role.Viewer),
        ["GET /triggers"] = new(AccessScope.Somewhere, Role.Viewer),
        ["GET /api/pipelines"] = new(AccessScope.Somewhere, Role.Viewer),
        ["GET /api/releases"] = new(AccessScope.Somewhere, Role.Viewer),
        ["GET /api/releases/{name}"] = new(AccessScope.Somewhere, Role.Viewer),
        ["GET /releases/{name}"] = new(AccessScope.Somewhere, Role.Viewer),
        ["GET /api/contracts"] = new(AccessScope.Somewhere, Role.Viewer),
        ["POST /api/releases"] = new(AccessScope.Project, Role.Developer, "release.make"),

        ["GET /predictions"] = new(AccessScope.Project, Role.Viewer),
        ["GET /predictions/storage"] = new(AccessScope.Project, Role.Viewer),
        ["GET /predictions/{id}"] = new(AccessScope.Project, Role.Viewer),
        ["POST /predictions/{id}/verify"] = new(AccessScope.Project, Role.Developer, "verification.start"),
        ["GET /trace"] = new(AccessScope.Project, Role.Viewer),
        ["GET /api/trace"] = new(AccessScope.Project, Role.Viewer),
        ["GET /api/openlineage"] = new(AccessScope.Project, Role.Viewer),
        ["GET /api/predictions/{id}/trace"] = new(AccessScope.Project, Role.Viewer),
        ["GET /api/predictions/sizes"] = new(AccessScope.Somewhere, Role.Viewer),
        ["GET /api/predictions/erasures"] = new(AccessScope.Project, Role.Viewer),
        ["GET /api/load-inputs"] = new(AccessScope.Project, Role.Developer),
        ["POST /api/predictions/erasures"] = new(AccessScope.Project, Role.Operator, "predictions.erase"),
        ["POST /api/predictions/quarantine"] = new(AccessScope.Project, Role.Operator, "predictions.quarantine"),
        ["POST /api/predictions/restore"] = new(AccessScope.Project, Role.Operator, "predictions.restore"),
        // Outcomes have a log of their own, and come by the thousand.
        ["POST /api/outcomes"] = new(AccessScope.Project, Role.Developer, TakesMachine: true),
        ["POST /api/outcomes/import"] = new(AccessScope.Project, Role.Developer, "outcomes.import", TakesMachine: true),
        ["POST /api/predictions/{id}/verify"] = new(AccessScope.Project, Role.Developer, "verification.start"),
        ["POST /api/predictions/{id}/verify/rebuild"] = new(AccessScope.Project, Role.Developer, "verification.rebuild"),
        ["POST /api/verifications"] = new(AccessScope.Project, Role.Developer, "verification.sample"),
        ["GET /api/verifications"] = new(AccessScope.Project, Role.Viewer),
        ["GET /api/verifications/{number:int}"] = new(AccessScope.Project, Role.Viewer),

        // Statements read, by a POST because they are long.
        ["POST /api/query"] = new(AccessScope.Project, Role.Viewer),
        ["GET /query"] = new(AccessScope.Project, Role.Viewer),
        ["GET /query/rows.csv"] = new(AccessScope.Project, Role.Viewer),
        ["GET /query/rows.parquet"] = new(AccessScope.Project, Role.Viewer),
        ["GET /api/queries"] = new(AccessScope.Somewhere, Role.Viewer),
        ["GET /api/queries/{name}/rows"] = new(AccessScope.Project, Role.Viewer),
        ["PUT /api/queries/{name}"] = new(AccessScope.Project, Role.Developer, "query.save"),
        ["DELETE /api/queries/{name}"] = new(AccessScope.Project, Role.Developer, "query.delete"),
        ["POST /query/saved"] = new(AccessScope.Project, Role.Developer, "query.save"),
        ["POST /query/saved/{name}/delete"] = new(AccessScope.Project, Role.Developer, "query.delete"),

        ["GET /api/replays"] = new(AccessScope.Project, Role.Viewer),
        ["GET /api/replays/{number:int}"] = new(AccessScope.Project, Role.Viewer),
        ["GET /api/replays/{number:int}/report"] = new(AccessScope.Project, Role.Viewer),
        ["GET /api/replays/{number:int}/rows/{file}"] = new(AccessScope.Project, Role.Viewer),
        ["GET /executions"] = new(AccessScope.Somewhere, Role.Viewer),
        ["GET /executions/{number:int}"] = new(AccessScope.Somewhere, Role.Viewer),
        ["GET /executions/{number:int}/judgments/{stage}"] = new(AccessScope.Somewhere, Role.Viewer),
        ["POST /executions/{number:int}/judgments/{stage}"] = new(AccessScope.Somewhere, Role.Judge, "execution.judge"),
        // The signature of the link is the proof; what is done by it is entered under its person.
        ["GET /judge"] = new(AccessScope.Public, Role.Viewer),
        ["POST /judge"] = new(AccessScope.Public, Role.Viewer),
        ["GET /rollouts"] = new(AccessScope.Somewhere, Role.Viewer),
        ["GET /rollouts/{number:int}"] = new(AccessScope.Somewhere, Role.Viewer),
        ["GET /server-groups"] = new(AccessScope.Somewhere, Role.Viewer),
        ["GET /delivery"] = new(AccessScope.Somewhere, Role.Viewer),
        ["GET /api/delivery"] = new(AccessScope.Somewhere, Role.Viewer),
        ["POST /environments/{environment}/rollouts/{number:int}/{change}"] = new(AccessScope.Environment, Role.Operator, "rollout.change"),
        ["POST /environments/{environment}/server-groups/{name}/{change}"] = new(AccessScope.Environment, Role.Operator, "server-group.change"),
        // Answers of predictions are among the points.
        ["GET /api/canaries"] = new(AccessScope.Project, Role.Viewer),
        ["GET /api/canaries/{number:int}"] = new(AccessScope.Project, Role.Viewer),
        ["GET /api/canaries/{number:int}/series"] = new(AccessScope.Project, Role.Viewer),
        ["GET /api/canaries/{number:int}/check"] = new(AccessScope.Project, Role.Viewer),
        ["GET /canaries"] = new(AccessScope.Project, Role.Viewer),
        ["GET /canaries/{number:int}"] = new(AccessScope.Project, Role.Viewer),
        ["GET /replays"] = new(AccessScope.Project, Role.Viewer),
        ["GET /replays/{number:int}"] = new(AccessScope.Project, Role.Viewer),
        ["POST /api/replays"] = new(AccessScope.Project, Role.Developer, "replay.start"),
        ["POST /api/replays/{number:int}/resume"] = new(AccessScope.Project, Role.Developer, "replay.resume"),

        ["GET /api/drift"] = new(AccessScope.Project, Role.Viewer),
        ["GET /api/drift/latest"] = new(AccessScope.Project, Role.Viewer),
        ["GET /drift"] = new(AccessScope.Project, Role.Viewer),
        ["GET /drift/{service}/{environment}"] = new(AccessScope.Project, Role.Viewer),
        ["GET /api/experiments"] = new(AccessScope.Somewhere, Role.Viewer),
        ["GET /api/experiments/{name}"] = new(AccessScope.Somewhere, Role.Viewer),
        ["GET /experiments"] = new(AccessScope.Somewhere, Role.Viewer),
        ["GET /experiments/{name}"] = new(AccessScope.Somewhere, Role.Viewer),
        ["POST /api/experiments"] = new(AccessScope.Project, Role.Operator, "experiment.start"),
        ["POST /api/experiments/plan"] = new(AccessScope.Project, Role.Viewer),
        ["POST /api/experiments/{name}/stop"] = new(AccessScope.Project, Role.Operator, "experiment.stop"),
        ["POST /api/experiments/{name}/conclude"] = new(AccessScope.Project, Role.Operator, "experiment.conclude"),
        ["GET /api/kpis"] = new(AccessScope.Somewhere, Role.Viewer),
        ["GET /api/kpis/{name}"] = new(AccessScope.Somewhere, Role.Viewer),
        ["GET /kpis"] = new(AccessScope.Somewhere, Role.Viewer),
        ["GET /kpis/{name}"] = new(AccessScope.Somewhere, Role.Viewer),
        ["GET /api/alerts"] = new(AccessScope.Somewhere, Role.Viewer),
        ["GET /api/alerts/{rule}"] = new(AccessScope.Somewhere, Role.Viewer),
        ["GET /alerts"] = new(AccessScope.Somewhere, Role.Viewer),
        ["GET /notices"] = new(AccessScope.Somewhere, Role.Viewer),
        ["GET /api/notices"] = new(AccessScope.Somewhere, Role.Viewer),
        ["GET /api/notices/{number:int}"] = new(AccessScope.Somewhere, Role.Viewer),
        // The signature of the command is the proof; who is linked may what the user may.
        ["POST /chat/slack/{channel}"] = new(AccessScope.Public, Role.Viewer),
        ["POST /api/me/chat-code"] = new(AccessScope.SignedIn, Role.Viewer, "chat.code"),
        ["POST /api/notices/{number:int}/retry"] = new(AccessScope.Project, Role.Operator, "notice.retry"),
        ["POST /api/notices/channels/{channel}/test"] = new(AccessScope.Project, Role.Operator, "notice.test"),
        ["POST /api/alerts/{rule}/silence"] = new(AccessScope.Project, Role.Operator, "alert.silence"),
        ["POST /api/alerts/{rule}/acknowledge"] = new(AccessScope.Project, Role.Developer, "alert.acknowledge"),

        // It reads all there is and changes nothing.
        ["POST /api/store/check"] = new(AccessScope.Project, Role.Developer),
        ["POST /api/store/repair"] = new(AccessScope.Project, Role.Operator, "store.repair"),
        ["POST /api/store/clean"] = new(AccessScope.Project, Role.Operator, "store.clean"),
        ["GET /api/store/usage"] = new(AccessScope.Project, Role.Viewer),
        ["POST /api/store/push"] = new(AccessScope.Project, Role.Developer, "store.push"),
        ["POST /api/store/pull"] = new(AccessScope.Project, Role.Developer, "store.pull"),

        ["GET /api/users"] = new(AccessScope.Project, Role.Admin),
        ["POST /api/users"] = new(AccessScope.Project, Role.Admin, "user.add"),
        ["PUT /api/users/{name}"] = new(AccessScope.Project, Role.Admin, "user.change"),
        ["POST /api/users/{name}/tokens"] = new(AccessScope.Project, Role.Admin, "token.add"),
        ["POST /api/users/{name}/revoke"] = new(AccessScope.Project, Role.Admin, "user.revoke"),
        ["GET /users"] = new(AccessScope.Project, Role.Admin),
        ["GET /api/groups"] = new(AccessScope.Project, Role.Admin),
        ["PUT /api/groups/{name}"] = new(AccessScope.Project, Role.Admin, "group.change"),
        ["GET /api/audit"] = new(AccessScope.Project, Role.Operator),
        ["GET /api/audit/export"] = new(AccessScope.Project, Role.Operator),
        ["GET /api/audit/verify"] = new(AccessScope.Project, Role.Operator),
        ["GET /audit"] = new(AccessScope.Project, Role.Operator),
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    public static IReadOnlyCollection<string> Lines => Rules.Keys;

    /// <summary>How an endpoint's line begins.</summary>
    public static string LineOf(string method, RouteEndpoint endpoint) => $"{method} /{endpoint.RoutePattern.RawText?.Trim('/')}";

    /// <summary>The rule of a line; null when there is none.</summary>
    public static AccessRule? Find(string line) => Rules.GetValueOrDefault(line);

    /// <summary>The rule of an endpoint; null when no endpoint was found, so that there is nothing to be allowed.</summary>
    public static AccessRule? Find(Endpoint? endpoint, string method)
    {
        if (endpoint is not RouteEndpoint route)
            return null;
        var line = LineOf(method, route);
        return Rules.TryGetValue(line, out var rule) ? rule
            : new AccessRule(AccessScope.Project, Role.Admin, HttpMethods.IsGet(method) || HttpMethods.IsHead(method) ? null : line);
    }
}
