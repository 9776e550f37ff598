namespace Fairlead.Web.Pages.Views;

/// <summary>Why a page cannot be shown.</summary>
/// <param name="Status">HTTP status.</param>
public sealed record ErrorView(int Status, string Message)
{
    public string Title => Status switch
    {
        400 => "That cannot be",
        401 => "Who are you?",
        403 => "Not yours to do",
        404 => "Not found",
        409 => "Not now",
        503 => "Not there at the moment",
        _ => "Something went wrong",
    };
}
