using Fairlead.Domain.Problems;

namespace Fairlead.Commands;

/// <summary>The text of a query as the command line gives it: itself, <c>@file</c>, or <c>-</c> for standard input.</summary>
internal static class QueryText
{
    /// <exception cref="FairleadException">NotFound: there is no such file.</exception>
    public static async Task<string> ReadAsync(string argument, CancellationToken cancellationToken)
    {
        if (argument == "-")
            return await Console.In.ReadToEndAsync(cancellationToken);
        if (argument is not ['@', .. { Length: > 0 } path])
            return argument;
        return File.Exists(path) ? await File.ReadAllTextAsync(path, cancellationToken) : throw FairleadException.NotFound($"There is no file '{path}'; name one after '@', or '-' for standard input.");
    }
}
