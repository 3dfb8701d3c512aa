using System.CommandLine;

namespace Kizashi.Cli.Commands;

/// <summary>`kizashi completion SHELL`: prints what the shell needs for completion by tab.</summary>
internal sealed class CompletionCommand : ICommandSource
{
    private const string Bash = """
        _kizashi() {
            local IFS=$'\n'
            COMPREPLY=( $(compgen -W "$("${COMP_WORDS[0]}" "[suggest:${COMP_POINT}]" "${COMP_LINE}" 2>/dev/null)" -- "${COMP_WORDS[COMP_CWORD]}") )
        }
        complete -o default -F _kizashi kizashi ./kizashi
        """;

    private const string Zsh = """
        #compdef kizashi
        _kizashi() {
            local -a found
            found=("${(@f)$("${words[1]}" "[suggest:${CURSOR}]" "$BUFFER" 2>/dev/null)}")
            compadd -- $found || _files
        }
        compdef _kizashi kizashi ./kizashi
        """;

    private const string Fish = """
        complete -c kizashi -a '(kizashi "[suggest:"(commandline -C)"]" (commandline) 2>/dev/null)'
        """;

    private readonly Argument<string> _shell = new("shell") { Description = "bash, zsh or fish" };

    public Command Create(IDictionary<Command, string> examples)
    {
        _shell.AcceptOnlyFromAmong("bash", "zsh", "fish");
        var command = new Command("completion", "Print the script that lets a shell complete commands by tab");
        command.Arguments.Add(_shell);
        command.SetAction(result => Console.Out.WriteLine(result.GetValue(_shell) switch
        {
            "bash" => Bash,
            "zsh" => Zsh,
            _ => Fish,
        }));
        examples[command] = """
            source <(kizashi completion bash)
            kizashi completion fish > ~/.config/fish/completions/kizashi.fish
            """;
        return command;
    }
}
