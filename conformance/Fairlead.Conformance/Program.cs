using System.Net.Sockets;
using Fairlead.Conformance;
using Fairlead.Conformance.Running;

try
{
    if (args is ["--help" or "-h"])
    {
        Console.WriteLine(SuiteOptions.Usage);
        return ExitCode.Passed;
    }

    var options = SuiteOptions.Parse(args);
    var rules = options.Choose(RuleList.All);
    var table = new TableReport(Console.Out);
    if (options.ModelFolder is not null)
    {
        ModelSet.Write(options.ModelFolder);
        return ExitCode.Passed;
    }

    if (options.IsList)
    {
        table.List(rules);
        return ExitCode.Passed;
    }

    using var target = new Target(options.Url!, options.Grpc);
    var results = await new Suite(target, TimeProvider.System).RunAsync(rules, options.IsJson ? _ => { } : table.Add, CancellationToken.None);
    if (options.IsJson)
        JsonReport.Write(Console.OpenStandardOutput(), results);
    else
        table.End(results);
    return results.Any(result => result.Verdict.Outcome == Outcome.Fail) ? ExitCode.Failed : ExitCode.Passed;
}
catch (FormatException e)
{
    Console.Error.WriteLine(e.Message);
    Console.Error.WriteLine(SuiteOptions.Usage);
    return ExitCode.Usage;
}
catch (Exception e) when (e is SocketException or IOException)
{
    Console.Error.WriteLine($"The server could not be asked: {e.Message}");
    return ExitCode.Unreachable;
}
