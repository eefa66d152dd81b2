// Replacements by .NET: reads lines of PATTERN <tab> TRANSLATION,NUMBER,NUMBER,... and writes for each a line
//   OK <tab> RESULT,RESULT,...    what Regex.Replace makes of each number, ? where it gave up
//   ERR <tab> what the exception says
// Everything is written in UTF-16 code units, four hexadecimal digits each.
using System;
using System.IO;
using System.Text;
using System.Text.RegularExpressions;

class DotnetReplace
{
    static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(100);

    static string FromHex(string hex)
    {
        var text = new StringBuilder();
        for (int i = 0; i + 4 <= hex.Length; i += 4)
            text.Append((char)Convert.ToInt32(hex.Substring(i, 4), 16));
        return text.ToString();
    }

    static string ToHex(string text)
    {
        var hex = new StringBuilder();
        foreach (char c in text) hex.Append(((int)c).ToString("x4"));
        return hex.ToString();
    }

    static string Answer(string pattern, string[] given)
    {
        Regex regex;
        try { regex = new Regex(pattern, RegexOptions.None, Patience); regex.Replace("", FromHex(given[0])); }
        catch (Exception error) { return "ERR\t" + ToHex(error.Message); }
        var answers = new string[given.Length - 1];
        for (int i = 1; i < given.Length; i++)
        {
            try { answers[i - 1] = ToHex(regex.Replace(FromHex(given[i]), FromHex(given[0]))); }
            catch (Exception) { answers[i - 1] = "?"; }
        }
        return "OK\t" + string.Join(",", answers);
    }

    static void Main()
    {
        var input = new StreamReader(Console.OpenStandardInput(), Encoding.ASCII, false, 1 << 16);
        var output = new StreamWriter(Console.OpenStandardOutput(), Encoding.ASCII, 1 << 16);
        string line;
        while ((line = input.ReadLine()) != null)
        {
            int tab = line.IndexOf('\t');
            output.Write(Answer(FromHex(line.Substring(0, tab)), line.Substring(tab + 1).Split(',')) + "\n");
        }
        output.Flush();
    }
}
