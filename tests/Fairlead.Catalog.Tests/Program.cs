using Xunit.MicrosoftTestingPlatform;
using Xunit.Runner.InProc.SystemConsole;

namespace Fairlead.Catalog.Tests;

internal static class Program
{
    public static async Task<int> Main(string[] args)
    {
        if (args is [Sqlite.ChildProcess.Argument, var path])
        {
            await Sqlite.ChildProcess.WriteForEver(path);
            return 0;
        }

        return args.Any(arg => arg is "--server" or "--internal-msbuild-node")
            ? await TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions)
            : await ConsoleRunner.Run(args);
    }
}
