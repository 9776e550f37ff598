using Xunit.MicrosoftTestingPlatform;
using Xunit.Runner.InProc.SystemConsole;

namespace Fairlead.Artifacts.Tests;

internal static class Program
{
    public static async Task<int> Main(string[] args)
    {
        if (args is [ChildProcess.Argument, var store])
        {
            await ChildProcess.PutForEver(store);
            return 0;
        }

        if (args is [ChildProcess.CleanArgument, var cleaned, var kept])
        {
            await ChildProcess.Clean(cleaned, kept);
            return 0;
        }

        if (args is [ChildProcess.CountArgument, var counted, var named])
        {
            await ChildProcess.Count(counted, named);
            return 0;
        }

        return args.Any(arg => arg is "--server" or "--internal-msbuild-node")
            ? await TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions)
            : await ConsoleRunner.Run(args);
    }
}
