using Xunit.MicrosoftTestingPlatform;
using Xunit.Runner.InProc.SystemConsole;

namespace Fairlead.Pipelines.Tests;

internal static class Program
{
    public static async Task<int> Main(string[] args)
    {
        if (args is [Driving.ChildProcess.Argument, ..])
            return await Driving.ChildProcess.RunAsync(args[1..]);
        return args.Any(arg => arg is "--server" or "--internal-msbuild-node")
            ? await TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions)
            : await ConsoleRunner.Run(args);
    }
}
