using System.CommandLine;
using System.CommandLine.Help;
using System.Text.Json;
using Fairlead.Domain.Problems;
using Spectre.Console;

namespace Fairlead.CommandLine;

/// <summary>A command: what it is called, what it does, examples, and one method. Errors become one sentence and an exit code here, for all.</summary>
internal abstract class CliCommand : Command
{
    protected CliCommand(string name, string description, params string[] examples)
        : base(name, description)
    {
        Options.Add(new HelpOption { Action = new ExamplesHelpAction(examples) });
        SetAction(ActAsync);
    }

    protected abstract Task<int> RunAsync(ParseResult parse, CommandContext context, CancellationToken cancellationToken);

    private async Task<int> ActAsync(ParseResult parse, CancellationToken cancellationToken)
    {
        // A signal ends the process at once while the action has not yet returned to its caller, and some begin with long work.
        await Task.Yield();
        var context = new CommandContext(parse);
        try
        {
            return await RunAsync(parse, context, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            context.Error.MarkupLine("[grey]cancelled[/]");
            return ExitCodes.Cancelled;
        }
        catch (FairleadException e)
        {
            context.ReportError(e.Message);
            return ExitCodes.Of(e.Kind);
        }
        catch (DirectoryNotFoundException e)
        {
            context.ReportError($"{e.Message.TrimEnd('.')}: a folder of it does not exist; make it, or name another.");
            return ExitCodes.Failure;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            context.ReportError(e.Message);
            return ExitCodes.Failure;
        }
        catch (HttpRequestException e)
        {
            context.ReportError($"The connection was lost: {e.Message}");
            return ExitCodes.Unavailable;
        }
        catch (JsonException e)
        {
            context.ReportError($"The answer could not be read: {JsonProblem.Describe(e)}.");
            return ExitCodes.Failure;
        }
    }
}
