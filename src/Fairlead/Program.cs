using System.CommandLine;
using System.CommandLine.Invocation;
using Fairlead;
using Fairlead.CommandLine;

// '@file' is an argument of some commands, and never stands for more arguments.
var parse = CommandTree.Create().Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
var isUnderstood = parse.Errors.Count == 0;
if (parse.Action is ParseErrorAction && !UsageError.IsMissingCommand(parse))
{
    CommandContext.ReportUsage(UsageError.Describe(parse));
    return ExitCodes.Usage;
}

var code = await parse.InvokeAsync(new InvocationConfiguration
{
    // Help that nobody asked for is no result.
    Output = isUnderstood ? Console.Out : Console.Error,
    // After Ctrl-C a host drains and 'up --foreground' stops two processes: longer than both may take.
    ProcessTerminationTimeout = TimeSpan.FromSeconds(40),
});
return isUnderstood ? code : ExitCodes.Usage;
