using System.Text.Json;
using Fairlead.Domain.Problems;
using Fairlead.Steps;
using Fairlead.Steps.Shells;
using Fairlead.Web.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace Fairlead.Web.Endpoints;

internal static class ShellEndpoints
{
    public static void MapShells(this IEndpointRouteBuilder routes) =>
        routes.MapGroup("/api/shells").WithTags("runs").MapPost("", OpenAsync)
            .WithSummary("Prepares a step's sandbox for a shell on this machine and answers one line, {\"shell\": …}; the sandbox goes when the caller does.");

    private static Task OpenAsync(JsonElement body, StepEngine engine, HttpContext context, TimeProvider time, ILogger<StepEngine> logger)
    {
        var order = ReadOrder(body);
        return JsonLines.WriteAsync(
            context,
            WebJson.Default.JsonElement,
            async (write, cancellationToken) =>
            {
                await using var shell = await engine.OpenShellAsync(order, cancellationToken);
                write(JsonSerializer.SerializeToElement(new ShellLine(JsonSerializer.SerializeToElement(shell.Prepared, StepsJson.Default.PreparedShell)), WebJson.Default.ShellLine));
                await Task.Delay(Timeout.InfiniteTimeSpan, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            },
            logger);
    }

    private static ShellOrder ReadOrder(JsonElement body)
    {
        try
        {
            if (body.Deserialize(StepsJson.Default.ShellOrder) is { Step.Length: > 0, Command: not null } order)
                return order;
        }
        catch (JsonException)
        {
            // Said below.
        }

        throw FairleadException.Invalid("A shell is asked for with 'step', a name, and 'command', a list of texts; send both.");
    }
}
