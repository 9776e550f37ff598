using Fairlead.Domain.Deployments;
using Fairlead.Domain.Identity;

namespace Fairlead.Web.Pages.Views;

/// <summary>Where the pages are.</summary>
internal static class PagePaths
{
    public const string Steps = "/steps";

    public const string Runs = "/runs";

    public const string CompareRuns = "/runs/compare";

    public const string Sweeps = "/sweeps";

    public const string Datasets = "/datasets";

    public static string Dataset(string dataset) => $"{Datasets}/{Uri.EscapeDataString(dataset)}";

    public static string Dataset(string dataset, int version) => $"{Dataset(dataset)}?version={version}";

    public static string DatasetDifference(string dataset, int left, int right) => $"{Dataset(dataset)}/diff?left={left}&right={right}";


    public const string Query = "/query";

    public const string SaveQuery = "/query/saved";

    public const string Storage = "/predictions/storage";

    public const string Rollouts = "/rollouts";

    public const string ServerGroups = "/server-groups";

    public const string Delivery = "/delivery";

    public const string SignIn = "/login";

    public const string SignOut = "/logout";

    public const string Audit = "/audit";

    /// <summary>The form by which to sign in, on the way to a path.</summary>
    public static string SignInFor(string to) => $"{SignIn}?to={Uri.EscapeDataString(to)}";

    /// <summary>The path if it is one of this server, else the first page: nobody is sent elsewhere by a link to the form.</summary>
    public static string Local(string? path) =>
        path is not null && path.StartsWith('/') && !path.StartsWith("//", StringComparison.Ordinal) && !path.Contains('\\') && !path.Any(char.IsControl) ? path : "/";

    public static string AuditBefore(AuditFilter filter, long number) =>
        $"{Audit}?who={Uri.EscapeDataString(filter.Who ?? "")}&what={Uri.EscapeDataString(filter.What ?? "")}&before={number}";

    public static string TagRun(string id) => $"{Run(id)}/tags";

    public static string UntagRun(string id, string tag) => $"{Run(id)}/tags/{Uri.EscapeDataString(tag)}/delete";

    public static string NoteOnRun(string id) => $"{Run(id)}/notes";

    /// <summary>The bytes of a file that a run made.</summary>
    public static string RunFile(string id, string path) => $"/api/runs/{Uri.EscapeDataString(id)}/outputs/file?path={Uri.EscapeDataString(path)}";

    public static string Run(string id) => $"/runs/{Uri.EscapeDataString(id)}";

    public static string Sweep(int number) => $"{Sweeps}/{number}";

    public static string Kpi(string name) => $"/kpis/{Uri.EscapeDataString(name)}";

    public static string Experiment(string name) => $"/experiments/{Uri.EscapeDataString(name)}";

    public static string Drift(string service, string environment) => $"/drift/{Uri.EscapeDataString(service)}/{Uri.EscapeDataString(environment)}";

    public static string Environment(string name) => $"/environments/{Uri.EscapeDataString(name)}";

    public static string Release(string name) => $"/releases/{Uri.EscapeDataString(name)}";

    public static string Execution(int number) => $"/executions/{number}";

    public static string Judgment(int execution, string stage) => $"/executions/{execution}/judgments/{Uri.EscapeDataString(stage)}";

    public static string RolloutsOf(string environment) => $"{Rollouts}?environment={Uri.EscapeDataString(environment)}";

    public static string RolloutChange(string environment, int number, string change) => $"/environments/{Uri.EscapeDataString(environment)}/rollouts/{number}/{change}";

    public static string ServerGroupChange(ServerGroupName name, string change) => $"/environments/{Uri.EscapeDataString(name.Environment)}/server-groups/{name}/{change}";

    public static string Rollout(int number) => $"/rollouts/{number}";

    public static string ExecutionsBefore(int number) => $"/executions?before={number}";

    public static string Canary(int number) => $"/canaries/{number}";

    public static string Replay(string number) => $"/replays/{Uri.EscapeDataString(number)}";

    /// <summary>The page with what a dataset or model version, a run, a release, a server group or a commit came from and reached.</summary>
    public static string Trace(string subject) => $"/trace?subject={Uri.EscapeDataString(subject)}";

    /// <summary>The page that runs a statement.</summary>
    public static string QueryOf(string sql) => $"{Query}?sql={Uri.EscapeDataString(sql)}";

    public static string SavedQuery(string name) => $"{Query}?name={Uri.EscapeDataString(name)}";

    public static string DeleteQuery(string name) => $"{SaveQuery}/{Uri.EscapeDataString(name)}/delete";

    /// <summary>All rows of a statement with its parameters, as a file.</summary>
    /// <param name="kind">csv or parquet.</param>
    public static string QueryFile(QueryView view, string kind) =>
        $"{Query}/rows.{kind}?sql={Uri.EscapeDataString(view.Sql)}"
        + string.Concat(view.Parameters.Select(parameter => $"&{Uri.EscapeDataString(QueryParameterView.Field(parameter.Name))}={Uri.EscapeDataString(parameter.Value ?? "")}"));

    public static string Prediction(string id) => $"/predictions/{Uri.EscapeDataString(id)}";
}
