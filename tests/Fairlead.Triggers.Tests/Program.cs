using Xunit.MicrosoftTestingPlatform;
using Xunit.Runner.InProc.SystemConsole;

namespace Fairlead.Triggers.Tests;

internal static class Program
{
    public static async Task<int> Main(string[] args)
    {
        if (args is [Running.ChildProcess.Argument, ..])
            return await Running.ChildProcess.RunAsync(args[1..]);
        return args.Any(arg => arg is "--server" or "--internal-msbuild-node")
            ? await TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions)
            : await ConsoleRunner.Run(args);
    }
}
