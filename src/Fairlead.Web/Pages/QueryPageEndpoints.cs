using Fairlead.Domain.Problems;
using Fairlead.Predictions.Query;
using Fairlead.Web.Contracts;
using Fairlead.Web.Endpoints;
using Fairlead.Web.Pages.Views;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Fairlead.Web.Pages;

/// <summary>The page on which SQL is asked. Statement and parameters are in its address, so that an answer can be linked.</summary>
internal static class QueryPageEndpoints
{
    /// <summary>Who saved a query, in the records, when somebody did so here.</summary>
    private const string PageUser = "page";
    private const string Csv = "text/csv; charset=utf-8";
    private const string Parquet = "application/vnd.apache.parquet";

    public static void MapQueryPages(this IEndpointRouteBuilder pages)
    {
        pages.MapGet("/query", AskAsync);
        pages.MapGet("/query/rows.csv", (string? sql, PredictionQuery query, HttpContext context, CancellationToken cancellationToken) =>
            SendAsync(sql, QueryFormat.Csv, query, context, cancellationToken));
        pages.MapGet("/query/rows.parquet", (string? sql, PredictionQuery query, HttpContext context, CancellationToken cancellationToken) =>
            SendAsync(sql, QueryFormat.Parquet, query, context, cancellationToken));
        pages.MapPost("/query/saved", SaveAsync);
        pages.MapPost("/query/saved/{name}/delete", DeleteAsync);
    }

    private static async Task<RazorComponentResult> AskAsync(
        string? sql, string? name, SavedQueries saved, PredictionQuery query, TimeProvider time, HttpContext context, CancellationToken cancellationToken)
    {
        var view = new QueryView
        {
            Sql = sql?.Trim() ?? "",
            Name = name ?? "",
            Saved = [.. (await saved.ListAsync(cancellationToken)).Select(SavedQueryRow.Of)],
        };
        try
        {
            if (view.Name.Length > 0 && view.Sql.Length == 0)
                view = view with { Sql = (await saved.GetAsync(view.Name, cancellationToken)).Sql };
            if (view.Sql.Length == 0)
                return PageResults.Of(view);
            view = view with { Parameters = await ParametersAsync(view.Sql, query, context, cancellationToken) };
            // What another site links to is shown and not run: it would else choose what this machine computes.
            if (IsFromElsewhere(context))
                return PageResults.Of(view with { Notice = "This statement comes from another site; read it, then run it." });
            if (view.Parameters.Any(parameter => parameter.Value is null))
                return PageResults.Of(view with { Notice = "Give each parameter a value, then run." });
            return PageResults.Of(view with { Answer = await AnswerAsync(view, query, time, cancellationToken) });
        }
        catch (FairleadException e)
        {
            return PageResults.Of(view with { Problem = e.Message, Status = ProblemStatus.Of(e.Kind) });
        }
    }

    private static async Task<QueryAnswerView> AnswerAsync(QueryView view, PredictionQuery query, TimeProvider time, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var options = new QueryOptions
        {
            Limit = QueryAnswerView.MostRows,
            Parameters = view.Parameters.ToDictionary(parameter => parameter.Name, parameter => (object?)parameter.Value, StringComparer.OrdinalIgnoreCase),
        };
        var result = await query.RunAsync(view.Sql, options, cancellationToken);
        await using (result.ConfigureAwait(false))
        {
            var rows = new List<object?[]>();
            await foreach (var row in result.ReadRowsAsync(cancellationToken))
                rows.Add(row);
            return QueryAnswerView.Of(result.Columns, rows, result.IsTruncated, time.GetElapsedTime(started), view);
        }
    }

    private static async Task<IReadOnlyList<QueryParameterView>> ParametersAsync(string sql, PredictionQuery query, HttpContext context, CancellationToken cancellationToken)
    {
        // To know the names the statement is prepared once more, which one without the sign is spared.
        if (!sql.Contains('$', StringComparison.Ordinal))
            return [];
        var names = await query.CheckAsync(sql, cancellationToken);
        return [.. names.Distinct(StringComparer.OrdinalIgnoreCase).Select(name => new QueryParameterView(name, context.Request.Query[QueryParameterView.Field(name)]))];
    }

    private static async Task<IResult> SendAsync(string? sql, QueryFormat format, PredictionQuery query, HttpContext context, CancellationToken cancellationToken)
    {
        if (IsFromElsewhere(context))
            throw FairleadException.Invalid("A file that another site asks for is refused; open the query page and use its links.");
        if (string.IsNullOrWhiteSpace(sql))
            throw FairleadException.Invalid("The address has no 'sql'; open the query page and use its links.");
        var parameters = await ParametersAsync(sql, query, context, cancellationToken);
        var options = new QueryOptions
        {
            Parameters = parameters.Where(parameter => parameter.Value is not null)
                .ToDictionary(parameter => parameter.Name, parameter => (object?)parameter.Value, StringComparer.OrdinalIgnoreCase),
        };
        var file = await query.ExportAsync(sql, format, options, cancellationToken);
        context.Response.RegisterForDispose(file);
        return format == QueryFormat.Csv ? TypedResults.PhysicalFile(file.Path, Csv, "rows.csv") : TypedResults.PhysicalFile(file.Path, Parquet, "rows.parquet");
    }

    // The request guard refuses forms of other sites.
    private static async Task<IResult> SaveAsync(SavedQueries saved, HttpContext context, CancellationToken cancellationToken)
    {
        var form = await context.Request.ReadFormAsync(cancellationToken);
        var (name, sql, description) = (form["name"].ToString().Trim(), form["sql"].ToString().Trim(), form["description"].ToString().Trim());
        try
        {
            await saved.SaveAsync(name, sql, description.Length == 0 ? null : description, Callers.Name(PageUser), cancellationToken);
            return TypedResults.Redirect(PagePaths.SavedQuery(name));
        }
        catch (FairleadException e)
        {
            var rows = (await saved.ListAsync(cancellationToken)).Select(SavedQueryRow.Of);
            return PageResults.Of(new QueryView { Sql = sql, Name = name, Saved = [.. rows], Problem = e.Message, Status = ProblemStatus.Of(e.Kind) });
        }
    }

    private static async Task<RedirectHttpResult> DeleteAsync(string name, SavedQueries saved, CancellationToken cancellationToken)
    {
        await saved.DeleteAsync(name, cancellationToken);
        return TypedResults.Redirect(PagePaths.Query);
    }

    private static bool IsFromElsewhere(HttpContext context) => context.Request.Headers["Sec-Fetch-Site"].ToString() is "cross-site" or "same-site";
}
