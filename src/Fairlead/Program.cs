using System.CommandLine;
using Fairlead;
using Fairlead.CommandLine;

var parse = CommandTree.Create().Parse(args);
var isUnderstood = parse.Errors.Count == 0;
var code = await parse.InvokeAsync(new InvocationConfiguration
{
    // Help that nobody asked for is no result.
    Output = isUnderstood ? Console.Out : Console.Error,
    // After Ctrl-C a host drains and 'up --foreground' stops two processes: longer than both may take.
    ProcessTerminationTimeout = TimeSpan.FromSeconds(40),
});
return isUnderstood ? code : ExitCodes.Usage;
