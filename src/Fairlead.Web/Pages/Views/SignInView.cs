namespace Fairlead.Web.Pages.Views;

/// <summary>The form by which a browser signs in.</summary>
/// <param name="To">Where to go then: a path of this server.</param>
public sealed record SignInView(string To)
{
    /// <summary>Why it did not work.</summary>
    public string? Problem { get; init; }

    public int Status { get; init; } = 200;
}
