using System.Text.Json;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;
using Fairlead.Web.Contracts;

namespace Fairlead.Roles;

/// <summary>Why a control plane did not start, left in a file for the command that started it.</summary>
internal static class StartFailure
{
    public static void Write(StateFolder state, FairleadException failure)
    {
        try
        {
            Directory.CreateDirectory(state.Control);
            File.WriteAllBytes(PathOf(state), JsonSerializer.SerializeToUtf8Bytes(new ErrorAnswer(failure.Message, failure.Kind), WebJson.Default.ErrorAnswer));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A full disk, for one: the log tells the reason, too.
        }
    }

    /// <summary>The reason, or null when none was left.</summary>
    public static FairleadException? Read(StateFolder state)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(PathOf(state)), WebJson.Default.ErrorAnswer) is { Kind: { } kind } answer
                ? new FairleadException(kind, answer.Error)
                : null;
        }
        catch (Exception e) when (e is IOException or JsonException)
        {
            return null;
        }
    }

    public static void Delete(StateFolder state)
    {
        if (Directory.Exists(state.Control))
            File.Delete(PathOf(state));
    }

    private static string PathOf(StateFolder state) => Path.Combine(state.Control, "start-failure.json");
}
